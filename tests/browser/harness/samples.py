"""Articles for the harness: one that reads like the demo's, and one made of everything that breaks offsets."""

from types import SimpleNamespace

from annotations.core.text import blocks

NEWS = """\
Esmail Qaani, who commands the Quds Force of Iran’s Revolutionary Guards, sent the military wing of Hamas a \
message on Thursday. He assured its fighters that the allied groups he calls an axis of resistance stand with \
them and will keep their enemy from its aims in Gaza.

He praised the attack of 7 October for catching Israel off its guard and held that neither Palestine nor the \
region would be as it was. Israel, in his telling, had proved weaker than “a spider’s web”.

Western media had reported, the outlet adds, that the Hamas leader Ismail Haniyeh was given a dressing-down \
when he met Ayatollah Ali Khamenei in Tehran. On Thursday Osama Hamdan, a senior Hamas official, called such \
claims “pure lies and slander” and accused Reuters of putting out falsehoods in place of news.

According to Reuters, Haniyeh was told that Tehran had no warning of the October attack, that it would go on \
backing Hamas politically, and that it would not step directly into the war. Reuters also had it that he was \
asked to quieten those in Hamas who wanted Iran and Hezbollah to join the fighting in full.

To Iran’s news agency IRNA, Hamdan argued that the ties between the two sides are too well known for such an \
account to be believed. Of the meeting he would say only that it was positive and in keeping with good \
relations. He gave no version of his own of what was said.
"""

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"  # one cluster of seven code points
FLAGS = "\U0001f1ee\U0001f1f7\U0001f1f5\U0001f1f8"  # two flags, four code points
CAFE = "cafe\u0301"  # e with a combining acute
PERSIAN = "او گفت: «نمی‌خواهیم می‌جنگیم» و خانه‌هایشان را دید."
ARABIC = "قال المسؤول إنّ الاجتماع كان إيجابيًا. ولم يذكر تفاصيل."
TRAPS = (
    f"  Two spaces, a rocket \U0001f680 and the {FAMILY} family.\r\n"
    f"Flags {FLAGS} stand\rin a {CAFE} with <b>markup</b> &amp; signs.\r\n\r\n"
    f"{PERSIAN}\n\n"
    f"{ARABIC}\n"
    "Hindi नमस्ते and Thai สวัสดี end it."
)

LABELS = [
    SimpleNamespace(id=str(n), key=key, name=name, slot=n, shortcut=str(n), code=code)
    for n, (key, name, code) in enumerate(
        [
            ("claim", "Claim", "CL"),
            ("quotation", "Quotation", "QU"),
            ("source", "Source", "SO"),
            ("denial", "Denial", "DE"),
            ("framing", "Framing", "FR"),
            ("figure", "Figure", "FI"),
        ],
        start=1,
    )
]
# label, words, disputed
MARKS = [
    (1, "sent the military wing of Hamas a message on Thursday", False),
    (1, "the allied groups he calls an axis of resistance stand with them", False),
    (5, "axis of resistance", False),
    (1, "neither Palestine nor the region would be as it was", False),
    (2, "“a spider’s web”", False),
    (3, "Western media", False),
    (1, "Haniyeh was given a dressing-down when he met Ayatollah Ali Khamenei in Tehran", True),
    (5, "dressing-down", False),
    (4, "Osama Hamdan, a senior Hamas official, called such claims “pure lies and slander”", False),
    (2, "“pure lies and slander”", False),
    (3, "According to Reuters", False),
    (1, "Tehran had no warning of the October attack", True),
    (1, "it would not step directly into the war", True),
    (1, "he was asked to quieten those in Hamas who wanted Iran and Hezbollah to join the fighting in full", True),
    (6, "full", False),
    (4, "the ties between the two sides are too well known for such an account to be believed", False),
]


def marks_of(text: str, current: int | None = None) -> list[SimpleNamespace]:
    found = []
    for number, (slot, words, is_disputed) in enumerate(MARKS, start=1):
        start = text.index(words)
        segments = [[start, start + len(words)]]
        label = LABELS[slot - 1]
        found.append(
            SimpleNamespace(
                id=f"a{number}",
                number=number,
                label_name=label.name,
                slot=slot,
                quote=words,
                is_disputed=is_disputed,
                is_current=number == current,
                segments=segments,
            )
        )
    return found


def blocks_of(text: str, marks: list[SimpleNamespace]) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            number=number, start=block.start, text=text[block.start : block.end],
            chips=[vars(mark) for mark in marks if block.start <= mark.segments[0][0] < block.end],
        )
        for number, block in enumerate(blocks(text), start=1)
    ]  # fmt: skip


def spans_of(marks: list[SimpleNamespace]) -> list[dict]:
    return [
        {"id": m.id, "segments": m.segments, "slot": m.slot, "number": m.number, "flag": m.is_disputed} for m in marks
    ]
