"""Made-up news with its labels, as much as wanted: who said what, names that recur, figures, in two languages."""

import random

from annotations.core.learning import Example

FIRST = ["Nadia", "Omar", "Lena", "Tariq", "Mira", "Jonas", "Samir", "Elena", "Ruth", "Idris", "Paula", "Karim"]
LAST = [
    "Haddad",
    "Weber",
    "Novak",
    "Rahimi",
    "Silva",
    "Okafor",
    "Petrov",
    "Mansour",
    "Lindgren",
    "Costa",
    "Baker",
    "Yilmaz",
]
BODIES = ["the ministry", "the army", "the union", "a spokesman", "the agency", "two officials", "the court"]
VERBS = ["said", "reported", "announced", "told reporters", "claimed", "denied", "insisted", "wrote"]
WHO = [
    "the convoy",
    "the minister",
    "the delegation",
    "the factory",
    "the bridge",
    "the hospital",
    "the ship",
    "the council",
]
DID = ["reached", "left", "closed", "attacked", "visited", "rebuilt", "refused", "searched"]
WHERE = ["the border", "the capital", "the harbour", "the old town", "the airport", "the camp"]
FILLER = [
    "Talks went on into the evening",
    "Nobody was there to ask",
    "The weather kept most people at home",
    "Markets were calm",
    "The road had been closed since spring",
]
PERSIAN = (("به گزارش", "خبرگزاری ایرنا", "، ", "هیئت به مرز رسید"), ("به گفتهٔ", "سخنگوی دولت", "، ", "پل بسته شد"))


def reports(number, seed=7):
    """Examples with the labels source, quote, claim and denial; every eighth is Persian."""
    chance = random.Random(seed)
    return [persian(chance) if index % 8 == 7 else english(chance) for index in range(number)]


class Writing:
    """A text in the making, and the spans it has so far."""

    def __init__(self):
        self.text, self.spans = "", {}

    def add(self, words, label=""):
        if label:
            self.spans.setdefault(label, []).append((len(self.text), len(self.text) + len(words)))
        self.text += words
        return self

    def done(self):
        return Example(self.text, self.spans)


def name(chance):
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}" if chance.random() < 0.6 else chance.choice(BODIES)


def happened(chance):
    hour = f" at {chance.randint(1, 12)} o'clock" if chance.random() < 0.3 else ""
    return f"{chance.choice(WHO)} {chance.choice(DID)} {chance.choice(WHERE)}{hour}"


def english(chance):
    writing = Writing()
    for _ in range(chance.randint(10, 16)):
        way = chance.random()
        who, verb = name(chance), chance.choice(VERBS)
        if way < 0.3:
            label = "denial" if verb == "denied" else "claim"
            writing.add(who.capitalize(), "source").add(f" {verb} that ").add(happened(chance), label).add(". ")
        elif way < 0.5:
            writing.add("“").add(happened(chance).capitalize(), "quote").add(f",” {verb} ").add(who, "source").add(". ")
        else:
            writing.add(chance.choice(FILLER)).add(". " if way < 0.9 else ".\n\n")
    return writing.done()


def persian(chance):
    writing = Writing()
    for _ in range(chance.randint(6, 10)):
        lead, who, between, what = chance.choice(PERSIAN)
        writing.add(f"{lead} ").add(who, "source").add(between).add(what, "claim").add(". ")
    return writing.done()
