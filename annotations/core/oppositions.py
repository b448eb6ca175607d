"""Words that turn a sentence around, language by language: negation, denial, opposites, hedges.

Words are folded (see `matches.fold`); opposites are stems (see `claim_words.stem`). Kinds of contradiction after de
Marneffe and others, "Finding Contradictions in Text" (2008).
"""

from collections.abc import Iterable

import regex

from annotations.core.claim_words import stem
from annotations.core.matches import folded_words


def _alternatives(words: str) -> str:
    known = sorted({folded_words(word.strip()) for word in words.split("|")}, key=len, reverse=True)
    return "|".join(regex.escape(word).replace(r"\ ", " ") for word in known if word)


# What denies a whole report, and not one thing in it.
DENIALS = regex.compile(
    r"(?<!\w)(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|rebut(?:s|ted)|repudiat\w+|disavow\w*|debunk\w*"
    r"|(?:reject|dismiss|disput)\w*(?= (?:\w+ ){0,6}?(?:claim|report|allegation|accusation|account|stor"
    r"|rumou?r|version|"
    r"assertion|suggestion|as\b))"
    r"|(?:pure |outright |complete )?lies|slander|baseless|fabricat\w+|unfounded|untrue|(?:is|was|are|were) false"
    r"|a hoax|fake news|no truth (?:to|in)|never happened|did not happen|nothing of the (?:sort|kind)"
    r"|" + _alternatives(
        "نفى|نفت|ينفي|تنفي|نافيا|أنكر|أنكرت|ينكر|كذب|كذبت|فند|فندت|دحض|أكاذيب|افتراء|لا أساس له|لا أساس لها"
        "|عارية عن الصحة|غير صحيح"
        "|تکذیب کرد|تکذیب کردند|تکذیب می کند|تکذیب شد|انکار کرد|انکار کردند|رد کرد|رد کردند|دروغ محض|دروغ "
        "است|بی اساس|بی‌اساس|کذب است|شایعه است"
        "|заперечив|заперечила|заперечило|заперечили|заперечує|заперечують|спростував|спростувала"
    "|спростувало|спростували"
        "|спростовує|брехня|брехнею|вигадка|неправда"
    ) + r")(?!\w)|否认|否認|驳斥|駁斥|反驳|谎言|謊言|不实|不實|造谣",
)  # fmt: skip
# Denying that something was not so, or refusing a thing: no denial of a report.
NOT_A_DENIAL = regex.compile(
    r"\b(?:den(?:y|ies|ied|ying) (?:entry|access|boarding|bail|asylum|permission|visas?|food|water|medical|treatment|"
    r"the right|them|him|her|us)|cannot be denied|undeniabl\w+)\b"
)

# What negates the words near it. Behind which words it stands differs: in Persian the verb itself is negated.
NEGATIONS = regex.compile(
    r"(?<!\w)(?:not|never|no longer|no|none|nobody|neither|nor|without|cannot|fail(?:s|ed)? to|refus(?:e|es"
    r"|ed) to|\w+n't"
    r"|" + _alternatives("لا|لم|لن|ليس|ليست|ليسوا|غير|بدون|دون")
    + r"|(?:ن(?:یست|بود|بودند|کرد|کرده|کردند|شد|شده|شدند|داد|دادند|داشت|دارد|دارند|گفت|گفتند|رفت|خواهد"
    r"|خواهند|زد|زدند|گرفت|بوده))|نمی ?\w+|هیچ|هرگز|بدون|عدم"
    + r"|" + _alternatives("не|ні|ніколи|жоден|жодна|жодного|без|немає|нема")
    + r")(?!\w)|没有|没|不是|不会|未|从未|并非|无",
)  # fmt: skip
NOT_A_NEGATION = regex.compile(
    r"\b(?:not only|no fewer than|no more than|no less than|not least|no doubt|without doubt|no\. ?\d|no "
    r"matter|nor only"
    r"|whether or not)\b"
)

HEDGES = regex.compile(
    r"(?<!\w)(?:may|might|could|possibly|perhaps|allegedly|reportedly|apparently|suspected|unconfirmed"
    r"|likely|probably"
    r"|appears? to|seems? to|"
    + _alternatives(
        "ربما|قد يكون|يحتمل|محتمل|شاید|احتمالا|احتمال دارد|گویا"
        "|можливо|ймовірно|нібито"
    )
    + r")(?!\w)|可能|也许|据称"
)  # fmt: skip

_PAIRS = (
    "win lose|rise fall|increase decrease|increase reduce|grow shrink|gain lose|accept reject|accept refuse"
    "|approve reject"
    "|support oppose|back oppose|alive die|survive die|innocent guilty|acquit convict|open close|legal "
    "illegal|lawful unlawful"
    "|start end|begin end|begin stop|advance retreat|advance withdraw|enter leave|join leave|arrive leave"
    "|release detain"
    "|release arrest|free detain|free jail|confirm deny|true false|safe dangerous|high low|more less|more "
    "fewer|better worse"
    "|stronger weaker|strengthen weaken|improve worsen|allow ban|allow forbid|allow block|permit ban|lift "
    "impose|succeed fail"
    "|intact destroy|undamaged destroy|intact damage|guilty innocent|find lose|public secret|voluntary "
    "forced|always never"
    "|before after|present absent|full empty|reach miss|intercept hit|hit miss|continue stop|continue halt"
    "|resume halt"
    "|evacuate remain|stay leave|civilian military|deliberate accidental|deliberately accidentally|alone accompanied"
    "|praise condemn|welcome condemn|ease tighten|expand shrink|buy sell|attack defend|sign reject|keep break"
    "|ارتفع انخفض|ارتفعت انخفضت|زاد انخفض|فاز خسر|فازت خسرت|قبل رفض|قبلت رفضت|أيد عارض|أيدت عارضت|بدأ انتهى"
    "|بدأت انتهت|فتح أغلق"
    "|حي ميت|مذنب بريء|دخل غادر|دخلت غادرت|دخلت انسحبت|مدني عسكري|دعم عارض|سمح منع|سمحت منعت|نجح فشل|نجحت فشلت"
    "|افزایش کاهش|پیروز شکست|پذیرفت رد|زنده مرده|آغاز پایان|شروع پایان|باز بسته|موافق مخالف|حمایت مخالفت"
    "|آزاد بازداشت|موفق ناکام|وارد خارج|غیرنظامی نظامی"
    "|зріс знизився|зросла знизилася|збільшив зменшив|збільшилася зменшилася|збільшився зменшився"
    "|зросли знизилися|прийняв відхилив|прийняла "
    "відхилила|живий мертвий|підтримав відхилив|підтримала засудила"
    "|відкрив закрив|відкрили закрили|почав закінчив|почалася закінчилася|захопили втратили|виграв програв"
    "|наступають відступають"
)  # fmt: skip
_MORE_PAIRS_ZH = "增加 减少|上升 下降|支持 反对|接受 拒绝|开始 结束|胜利 失败|释放 逮捕|打开 关闭"


def _opposites() -> frozenset[frozenset[str]]:
    pairs = (pair.split() for pair in f"{_PAIRS}|{_MORE_PAIRS_ZH}".split("|"))
    return frozenset(frozenset(stem(word) for word in pair) for pair in pairs)


OPPOSITES = _opposites()
_KNOWN_OPPOSITES = frozenset(word for pair in OPPOSITES for word in pair)


def opposite_words(one: Iterable[str], other: Iterable[str]) -> tuple[str, str] | None:
    """A stem that only the first has and its opposite that only the second has."""
    mine, theirs = set(one) & _KNOWN_OPPOSITES, set(other) & _KNOWN_OPPOSITES
    for left in sorted(mine - theirs):
        for right in sorted(theirs - mine):
            if frozenset((left, right)) in OPPOSITES:
                return left, right
    return None


def stems_of(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


# Those who do this do it to each other: who stands first says nothing.
MUTUAL = stems_of(
    "meet met talk talked speak fight fought clash clashed negotiate agree agreed border discuss cooperate "
    "ally marry "
    "differ disagree trade exchange share confer sign signed play"
)
# What happens to somebody or something once, so that two dates for it cannot both hold.
ONCE = stems_of(
    "begin began start started end ended die died born sign signed found founded launch launched arrive "
    "arrived resign "
    "resigned assassinate assassinated elect elected collapse collapsed open opened close closed expire take effect "
    "بدأ بدأت انتهى انتهت توفي وقع وقعت ولد استقال آغاز پایان درگذشت امضا متولد استعفا почався почалася "
    "закінчився помер "
    "народився підписав підписали"
)
# Counts that only ever grow, so that a later one is an update.
CUMULATIVE = stems_of(
    "killed die dead death toll casualty wounded injured displaced missing arrested detained infected "
    "victims hostages "
    "قتل قتلى قتيل قتيلا مقتل شهيد شهداء جريح جرحى إصابة کشته زخمی شهید مجروح загиблих поранених загинули "
    "убито поранено"
)
