"""Made-up articles in three scripts, edits of them, and where each span truly stands afterwards.

A text is a list of sentences, a sentence a list of words; an edited text remembers for every word which words of the
old text it stands for, so that the true place of a span is known whatever the edit was.
"""

import random
from typing import NamedTuple

WORDS = {
    "english": """the a an of to in on at for with from by as that which who had has have was were is are be been said
        told reported claimed denied according officials statement minister government spokesman agency sources army
        attack strike killed wounded people city border talks ceasefire hostages leader movement meeting visited warned
        called asked rejected confirmed published report newspaper interview television Tuesday Thursday November
        morning evening week month year after before during against between among region capital embassy president
        commander general forces group members families hospital school aid convoy fuel water power night war peace
        agreement proposal condition exchange prisoners release border crossing open closed new first last several many
        more than about nearly hundred thousand Reuters Haniyeh Hamdan Khamenei Tehran Beirut Gaza Doha Cairo Qatar
        Egypt Iran Israel Lebanon Hezbollah Hamas Washington London""",
    "persian": """به در از که را با برای این آن است بود شد می‌شود می‌گوید گفت گزارش اعلام تکذیب مقام‌ها دولت وزیر سخنگو
        خبرگزاری منابع ارتش حمله کشته زخمی مردم شهر مرز گفت‌وگو آتش‌بس گروگان‌ها رهبر جنبش دیدار هشدار خواست رد تأیید
        منتشر روزنامه مصاحبه تلویزیون سه‌شنبه پنجشنبه صبح شب هفته ماه سال پس پیش علیه میان منطقه پایتخت سفارت
        رئیس‌جمهور فرمانده نیروها گروه اعضا خانواده‌ها بیمارستان مدرسه کمک سوخت آب برق جنگ صلح توافق پیشنهاد شرط تبادل
        زندانیان آزادی نخست آخرین چند بسیاری بیش حدود نزدیک صد هزار رویترز هنیه حمدان خامنه‌ای تهران بیروت غزه دوحه
        قاهره قطر مصر ایران اسرائیل لبنان حزب‌الله حماس""",
    "chinese": """的 了 在 是 和 与 对 于 为 从 到 被 将 已 说 表示 报道 声称 否认 根据
        官员 声明 部长 政府 发言人 通讯社 消息 人士 军队 袭击 打击 死亡 受伤
        民众 城市 边境 会谈 停火 人质 领导人 运动 会见 访问 警告 要求 拒绝 确认
        发表 报告 报纸 采访 电视 星期二 星期四 十一月 早上 晚上 一周 一月 之后
        之前 期间 反对 之间 地区 首都 大使馆 总统 指挥官 部队 成员 家属 医院
        学校 援助 车队 燃料 电力 夜间 战争 和平 协议 提议 条件 交换 囚犯 释放
        过境 开放 关闭 新的 首次 几个 许多 超过 大约 路透社 哈尼亚 哈姆丹
        哈梅内伊 德黑兰 贝鲁特 加沙 多哈 开罗 卡塔尔 埃及 伊朗 以色列 黎巴嫩
        真主党 哈马斯 华盛顿""",
}
SPACE = {"english": " ", "persian": " ", "chinese": ""}
FULL_STOP = {"english": ".", "persian": ".", "chinese": "。"}
PARAGRAPH = 4  # sentences
KINDS = ("light", "medium", "moved", "typos", "duplicate", "heavy")


class Word(NamedTuple):
    """One word with what follows it, and the old words [first, last) that it stands for; none for a new one."""

    text: str
    first: int = 0
    last: int = 0


Sentence = list[Word]


class Edited(NamedTuple):
    """The new text, and by old word the (start, end) where it, or what replaced it, stands; dead words are missing.

    `kept` are the old words that stand unchanged.
    """

    text: str
    places: dict[int, list[tuple[int, int]]]
    kept: set[int]


def article(script: str, seed: int, sentences: int = 22) -> list[Sentence]:
    """Some 2,750 characters in an alphabet, fewer in Chinese."""
    rng = random.Random(seed)
    number = 0
    made = []
    for at in range(sentences):
        sentence = []
        for text in a_sentence(script, rng, at):
            sentence.append(Word(text, number, number + 1))
            number += 1
        made.append(sentence)
    return made


def a_sentence(script: str, rng: random.Random, at: int = 0) -> list[str]:
    words = WORDS[script].split()
    weights = [1 / (1 + rank) ** 0.6 for rank in range(len(words))]
    chosen = rng.choices(words, weights, k=rng.randint(12, 28))
    if rng.random() < 0.4:
        chosen[rng.randrange(len(chosen))] = str(rng.randint(2, 4_000))
    end = FULL_STOP[script] + ("\n\n" if at % PARAGRAPH == PARAGRAPH - 1 else SPACE[script])
    return [word + SPACE[script] for word in chosen[:-1]] + [chosen[-1] + end]


def text_of(sentences: list[Sentence]) -> str:
    return "".join(word.text for sentence in sentences for word in sentence)


def edited(sentences: list[Sentence]) -> Edited:
    """An edited text, and where the old words stand in it."""
    at, parts = 0, []
    places: dict[int, list[tuple[int, int]]] = {}
    kept = set()
    for word in (word for sentence in sentences for word in sentence):
        for old in range(word.first, word.last):
            places.setdefault(old, []).append((at, at + len(word.text.rstrip(" \n.。"))))
            kept.add(old)
        at += len(word.text)
        parts.append(word.text)
    return Edited("".join(parts), places, kept)


# -- the edits --------------------------------------------------------------------------------------------------------


def edit(kind: str, script: str, old: list[Sentence], rng: random.Random) -> list[Sentence]:
    new = [list(sentence) for sentence in old]
    match kind:
        case "light":
            return reworded(new, script, rng, share=0.1)
        case "medium":
            return reworded(new, script, rng, share=0.3)
        case "moved":
            block, rest = new[4:10], new[:4] + new[10:]
            return rest[:12] + block + rest[12:]
        case "typos":
            return [[typo(word, rng) for word in sentence] for sentence in new]
        case "duplicate":
            at = rng.randrange(2, 10)
            return [*new[: at + 6], [Word(word.text) for word in new[at]], *new[at + 6 :]]
        case "heavy":
            new = reworded(new, script, rng, share=0.6)
            for at in rng.sample(range(len(new)), 5):
                new[at] = [Word(text) for text in a_sentence(script, rng, at)]
            return new[len(new) // 2 :] + new[: len(new) // 2]
    raise KeyError(kind)


def reworded(sentences: list[Sentence], script: str, rng: random.Random, share: float) -> list[Sentence]:
    """In so many sentences: a word replaced, one inserted, one left out."""
    for at in rng.sample(range(len(sentences)), round(share * len(sentences))):
        sentence = sentences[at]
        for _ in range(rng.randint(1, 3)):
            place = rng.randrange(len(sentence) - 1)
            fresh = rng.choice(WORDS[script].split()) + SPACE[script]
            match rng.randrange(3):
                case 0:
                    sentence[place] = sentence[place]._replace(text=fresh)
                case 1:
                    sentence.insert(place, Word(fresh))
                case _ if len(sentence) > 4:
                    del sentence[place]
    return sentences


def typo(word: Word, rng: random.Random) -> Word:
    """1.5 % of the letters, as a proofreader would mend them."""
    if rng.random() > 0.015 * len(word.text):
        return word
    at = rng.randrange(len(word.text.rstrip(" \n.。")))
    letter = rng.choice("eaiotn" if word.text.isascii() else word.text.strip(" \n.。"))
    return word._replace(text=word.text[:at] + letter + word.text[at + 1 :])
