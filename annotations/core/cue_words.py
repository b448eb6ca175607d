"""The words of saying and denying, language by language, as patterns over a folded text (see `matches.fold`).

`strong` words are cues wherever they stand; `weak` ones only beside what is said (a colon, a quotation mark, "that").
Folding has taken case, points and letter forms away, so each word is written once. A language without a list still has
its quotations found.
"""

from dataclasses import dataclass
from functools import cache

import regex

from annotations.core.matches import folded_words


@dataclass(frozen=True, slots=True)
class CueWords:
    """Patterns with a group `cue`. `has_capitals`: a capital inside a sentence makes a name of the word."""

    strong: "regex.Pattern[str] | None"
    weak: "regex.Pattern[str] | None"
    denials: "regex.Pattern[str] | None"
    has_capitals: bool = False


_SPEECH_BEHIND = r"(?=\s*(?:[,:]?\s*\"|:|,\s|\bthat\b)|\s*[.!?](?:\s|$))"


def _alternatives(words: str) -> str:
    """`a | b c | d` as one pattern over folded text; spaces match a space, the longest comes first."""
    known = sorted({folded_words(word) for word in words.split("|")}, key=len, reverse=True)
    return "|".join(regex.escape(word).replace(r"\ ", " ") for word in known if word)


def _words(words: str, *, before: str = "", prefix: str = "", after: str = "") -> "regex.Pattern[str]":
    """Whole words, with what may not stand before them and what has to (or may not) stand behind them."""
    return regex.compile(rf"(?<!\w){before}(?P<cue>{prefix}(?:{_alternatives(words)}))(?!\w){after}")


# -- English ----------------------------------------------------------------------------------------------------------

# "the reported deaths", "12 confirmed cases", "false claims", "the said document": a word for a thing, not a saying
_NOT_A_THING = (
    r"(?<!\b(?:the|a|an|its|their|his|her|our|my|your|such|these|those|this|any|no|of|false|alleged|competing|some|many"
    r"|most|aforesaid|conflicting|rival|other|new|earlier|\d+|previously|newly|all|baseless) )"
)
_NOT_PLANS = r"(?! (?:to )?(?:plan|plans|schedule|law|need|needs|size|age|rules|tradition|custom)\b)"

ENGLISH = CueWords(
    strong=regex.compile(
        r"(?<!\w)(?:"
        rf"(?P<cue>according to){_NOT_PLANS}"
        r"|(?P<cue>in the words of|as quoted by|on condition of anonymity)"
        rf"|(?<!\b(?:the|aforesaid) )(?P<cue>said)(?! (?:document|property|person|date|agreement|area|period)\b)"
        r"|(?P<cue>says|saying|told|tells|announced|announces|alleged that|alleges|insisted|insists|asserted|asserts"
        r"|testified|testifies|tweeted|stated that|states that|went on to say)"
        rf"|{_NOT_A_THING}(?P<cue>claimed|claims|claim that|reported|reports that|confirmed|confirms|argued|argues"
        r"|admitted|admits|acknowledged|acknowledges|accused|accuses|declared|vowed|warned|stressed|stressing"
        r"|emphasi[sz]ed|emphasi[sz]ing)(?! (?:deaths?|cases?|dead|lives|responsibility|number|figures|kills)\b)"
        r")(?!\w)"
    ),
    weak=_words(
        "added | adds | noted | notes | explained | explains | continued | wrote | writes | maintained "
        "| maintains | held"
        "| holds | recalled | recalls | replied | replies | stated | states | conceded | concedes "
        "| suggested | concluded"
        "| estimated | revealed | responded | commented | remarked | assured | predicted | called "
        "| describes | described",
        after=_SPEECH_BEHIND,
    ),
    denials=regex.compile(
        r"(?<!\w)(?:"
        r"(?P<cue>denied|denies|deny|denying)(?! (?:entry|access|boarding|bail|asylum|permission|visas?|food|water|"
        r"medical|treatment|service|a visa|the right|the opportunity|them|him|her|us)\b)"
        r"|(?P<cue>rebutted|rebuts|refuted|refutes|refuting|repudiated|disavowed)"
        r"|(?P<cue>rejected|rejects|rejecting|dismissed|dismisses|dismissing|disputed|disputes|disputing)"
        r"(?= (?:\w+ ){0,4}?(?:claims?|reports?|allegations?|accusations?|charges?|accounts?|assertions?|suggestions?|"
        r"rumou?rs?|story|stories|figures?|version|notion|idea|it as|them as|this as|that as|as)\b| \")"
        r"|(?P<cue>called|calls|branded|described)(?= (?:\w+ ){0,8}?\"?(?:[\w ]+ )?"
        r"(?:lies?|falsehoods?|fabricat\w+|slander|baseless|untrue|propaganda|nonsense|fake)\b)"
        r")(?!\w)"
    ),
    has_capitals=True,
)

# -- Arabic and Persian: one script, two languages --------------------------------------------------------------------

ARABIC = CueWords(
    strong=_words(
        "قال|قالت|قالوا|يقول|تقول|يقولون|أعلن|أعلنت|يعلن|أكد|أكدت|يؤكد|صرح|صرحت|أضاف|أضافت|أوضح|أوضحت|زعم|زعمت|يزعم"
        "|ادعى|ادعت|يدعي أن|أفاد|أفادت|ذكرت|ذكر أن|نقلت عن|نقلا عن|بحسب|حسبما|وفقا|حسب قول|على حد قول|على حد تعبير"
        "|أشار إلى|أشارت إلى|شدد على|شددت على|اتهم|اتهمت|اعتبر أن|اعتبرت أن|أخبر|أخبرت|كشف عن|أقر بأن|حذر من",
        prefix="[وف]?",
    ),
    weak=None,
    denials=_words(
        "نفى|نفت|ينفي|تنفي|نافيا|أنكر|أنكرت|ينكر|كذب هذه|كذبت هذه|فند|فندت|دحض|دحضت|نفيا قاطعا", prefix="[وف]?"
    ),
)

_SPOKE = _alternatives("اعلام|اظهار|ادعا|بیان|تصریح|تأکید|تأیید|خاطرنشان|خاطر نشان|اذعان|اعتراف|عنوان|نقل")
_DID = "(?: کرد| کردند| کرده| می کند| میکند| می کنند| میکنند| نمود)"
PERSIAN = CueWords(
    strong=regex.compile(
        r"(?<!\w)(?P<cue>"
        r"گفت(?! و ?گو)|گفتند|گفته(?: است| بود| اند)|می ?گوید|می ?گویند|می ?گفت"
        rf"|(?:{_SPOKE}){_DID}"
        r"|اظهار داشت|اظهار داشتند|افزود|افزودند|مدعی شد|مدعی شدند|مدعی است|یاداور شد"
        r"|خبر داد|خبر دادند|گزارش داد|گزارش دادند|هشدار داد|توضیح داد"
        r"|به گفته|بنا به گفته|به نقل از|به گزارش|بر اساس گزارش|طبق گزارش|به ادعای|متهم کرد|متهم کردند"
        r")(?!\w)".replace("ي", "ی")
    ),
    weak=_words("نوشت | نوشتند | پاسخ داد", after=r"(?=\s*(?:[:،,]|که\b|\"))"),
    denials=regex.compile(
        rf"(?<!\w)(?P<cue>(?:تکذیب|انکار|نفی){_DID}|تکذیب شد|(?:ادعا|ادعای|خبر|گزارش|اتهام|اتهامات"
        rf"|ادعاها)[^.؛!؟\n]{{0,40}}?"
        r"رد کرد(?:ند)?|بی اساس خواند(?:ند)?|دروغ خواند(?:ند)?)(?!\w)"
    ),
)

# -- Ukrainian --------------------------------------------------------------------------------------------------------

UKRAINIAN = CueWords(
    strong=regex.compile(
        r"(?<!\w)(?P<cue>"
        + _alternatives(
            "сказав|сказала|сказали|каже|кажуть|заявив|заявила|заявили|заявляє|заявляють|повідомив|повідомила"
            "|повідомили"
            "|повідомляє|повідомляють|стверджує|стверджують|стверджував|стверджувала|наголосив|наголосила|зазначив"
            "|зазначила|підкреслив|підкреслила|підтвердив|підтвердила|підтвердили|оголосив|оголосила|оголосили|розповів"
            "|розповіла|розповіли|звинуватив|звинуватила|звинуватили|визнав|визнала|попередив|попередила|за словами"
            "|за даними|зі слів|із посиланням на|з посиланням на|як повідомляє"
        )
        + r"|згідно (?:з|із)(?! (?:план|закон|правил|розклад|графік|конституц)))(?!\w)"
    ),
    weak=_words(
        "додав | додала | додали | пояснив | пояснила | пише | написав | написала", after=r"(?=\s*[,:.\"]| що)"
    ),
    denials=_words(
        "заперечив|заперечила|заперечили|заперечує|заперечують|заперечував|спростував|спростувала"
        "|спростували|спростовує"
        "|спростовують|відкинув звинувачення|відкинула звинувачення|відкинули звинувачення|назвав брехнею"
        "|назвала брехнею"
    ),
    has_capitals=True,
)

# -- Chinese: no spaces, so what surrounds a character decides ---------------------------------------------------------

CHINESE = CueWords(
    strong=regex.compile(
        r"(?P<cue>据[^，。；、\s\d]{1,16}?(?:报道|报导|消息)|(?:宣布|声称|聲稱|宣稱|宣称|指称|表示|指出|强调"
        r"|強調|透露|证实|證實|告诉|告訴|指责|指責|援引)"
        r"|(?<![小传傳学學解游众眾胡听聽演劝勸据據话話再])[说說](?![明服法唱教客话話谎謊书書不])"
        r"|(?<![名对對职職简簡俗统統尊匀昵代美戏戲官])[称稱](?![为為呼号號职職赞讚霸得心重王帝之作]))"
    ),
    weak=None,
    denials=regex.compile(r"(?P<cue>否认|否認|驳斥|駁斥|反驳|反駁|矢口否认)"),
)

CUE_WORDS = {"en": ENGLISH, "ar": ARABIC, "fa": PERSIAN, "uk": UKRAINIAN, "zh": CHINESE}

_SCRIPTS = {
    "ar": regex.compile(r"\p{Script=Arabic}"),
    "uk": regex.compile(r"\p{Script=Cyrillic}"),
    "zh": regex.compile(r"\p{Script=Han}"),
    "en": regex.compile(r"\p{Script=Latin}"),
}
_ONLY_PERSIAN = regex.compile(r"[پچژگ]|\bاست\b|\bمی")
_NO_CHINESE = regex.compile(r"[\p{Script=Hiragana}\p{Script=Katakana}]")


def languages_of(text: str, language: str = "") -> list[str]:
    """The lists to look into: that of the article's language, and those of the other scripts that stand in it."""
    named = language.partition("-")[0].lower()
    found = [named] if named in CUE_WORDS else []
    for name, script in _SCRIPTS.items():
        if name in found or (name == "ar" and "fa" in found) or not script.search(text):
            continue
        if name == "ar":
            name = "fa" if _ONLY_PERSIAN.search(text) else "ar"
        is_other = named and named not in CUE_WORDS and name in _home_of(named)
        if not is_other and not (name == "zh" and _NO_CHINESE.search(text)):
            found.append(name)
    return found


@cache
def _home_of(language: str) -> frozenset[str]:
    """The lists that share the script of a language without a list, and would only find false friends there."""
    cyrillic = language in {"ru", "bg", "be", "mk", "sr", "kk", "ky", "mn"}
    arabic = language in {"ur", "ps", "ckb", "ku", "sd", "ug"}
    return frozenset({"uk"} if cyrillic else {"ar", "fa"} if arabic else {"zh"} if language == "ja" else {"en"})
