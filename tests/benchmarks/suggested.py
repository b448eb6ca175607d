"""A small labelled set for the built-in recommenders, in five languages, with the traps that such finders fall into.

In each text ⟦what is to be found⟧ stands between white brackets; the text without them is what the finders get. All of
it was written for this purpose.
"""

import re
from typing import NamedTuple


class Sample(NamedTuple):
    language: str
    text: str
    spans: set[tuple[int, int]]


def sample(language: str, marked: str) -> Sample:
    text, spans = "", set()
    for number, piece in enumerate(re.split("[⟦⟧]", marked)):
        if number % 2:
            spans.add((len(text), len(text) + len(piece)))
        text += piece
    return Sample(language, text, spans)


CUES = [
    sample("en", "Edward Said was born in Jerusalem; his critics ⟦said⟧ the said book was late. Port Said is a city."),
    sample("en", "⟦According to⟧ IRNA, he left. According to plan, they left too. Each was paid according to need."),
    sample("en", "The ministry ⟦denied⟧ the report. Two men were denied entry. She ⟦confirmed⟧ 12 confirmed cases."),
    sample("en", "He dismissed his aide and ⟦dismissed⟧ the claims as baseless. The reported deaths were not counted."),
    sample("en", "“We leave,” she ⟦added⟧. He added 5 tanks. The general ⟦told⟧ Reuters that “all is quiet”."),
    sample(
        "en", "Hamdan ⟦called⟧ the story “pure lies”. She called her mother. Rival claims were made. He ⟦claims⟧ it."
    ),
    sample("en", "Officials ⟦announced⟧ the ceasefire, the outlet ⟦writes⟧, and Khatib ⟦rejected⟧ the allegations."),
    sample("fa", "او ⟦گفت⟧ که گفت‌وگو ادامه دارد. گفت و گو خوب بود. وزیر خبر را ⟦تکذیب کرد⟧."),
    sample("fa", "وی ⟦تأکید کرد⟧: «درست است». ⟦به گفته⟧ رویترز، او می‌رود. سخنگو ⟦می‌گوید⟧ چیزی نمی‌داند."),
    sample("ar", "⟦وقال⟧ الناطق إن «الخبر كاذب». ⟦نفت⟧ الحركة ذلك. هذا القول قديم."),
    sample("ar", "⟦وأكدت⟧ الوزارة، ⟦بحسب⟧ رويترز، أن الاجتماع عقد. ⟦صرّح⟧ الوزير بذلك."),
    sample("uk", "Міністр ⟦заявив⟧: «Так». Речниця ⟦спростувала⟧ це. ⟦За словами⟧ Шмигаля, згідно з планом усе йде."),
    sample("uk", "Заява міністра коротка. Він ⟦стверджує⟧, що не знав. ⟦Згідно з⟧ Reuters, він знав."),
    sample("zh", "发言人⟦说⟧：“没有”。他的小说说明了一切。外交部⟦否认⟧此事。"),
    sample("zh", "王毅⟦表示⟧，局势稳定。他被称为专家。他⟦称⟧这是谎言。名称不变。"),
]

QUOTATIONS = [
    sample(
        "en", "He spoke of ⟦“pure lies and slander”⟧. The officials’ view didn’t change. Rock ’n’ roll in the ’90s."
    ),
    sample("en", "She said: ⟦‘The ministers’ plan failed’⟧, it’s said. The bosses’ cars were 5'10\" long."),
    sample("en", "⟦“He told me ⟦‘never’⟧ and left,”⟧ she said.".replace("⟦‘never’⟧", "‘never’") + " Nothing more."),
    sample("en", '⟦"It\'s over,"⟧ he said. A 12" gun and a 6" one were found.'),
    sample("en", "⟦“First we wait.⟧\n\n⟦“Then we see,”⟧ she said."),
    sample("fa", "وی گفت: ⟦«کار تمام است»⟧ و رفت."),
    sample("ar", "قال إنها ⟦“أكاذيب محضة”⟧ لا أكثر."),
    sample("uk", "Він сказав: ⟦„Ми переможемо“⟧. У п’ятницю вона додала: ⟦«Так, п’ять днів»⟧."),
    sample("zh", "他说：⟦「這是真的」⟧。她写了《红楼梦》。他说：⟦“好的”⟧。"),
]

FIGURES = [
    sample("en", "On ⟦Thursday, 16 November 2023⟧ some ⟦35,000 people⟧ left; in ⟦2024⟧ another ⟦2,024 people⟧ did."),
    sample("en", "It cost ⟦$1.2 billion⟧, ⟦45%⟧ more than ⟦two days ago⟧. Call +98 21 555 0199 or 555-0199."),
    sample("en", "May told us in ⟦May⟧ that an F-16 flew ⟦12-15 km⟧. He may march in ⟦March⟧, on ⟦March 5⟧."),
    sample(
        "en",
        "Version 1.2.3 of Resolution 2334 was read ⟦yesterday⟧ by ⟦twelve officials⟧; USA Today had it ⟦last week⟧.",
    ),
    sample(
        "en", "⟦7.10.2023⟧ and ⟦2023-10-07⟧ are one day. COVID-19 came in ⟦2019⟧. See https://example.org/2021/05/07."
    ),
    sample("en", "He is 42. They won 3-1? No: ⟦3 per cent⟧ of ⟦€10–12 million⟧, at ⟦5 °C⟧, for ⟦five years⟧."),
    sample("fa", "⟦دیروز⟧ ⟦۳۵ هزار نفر⟧ آمدند و ⟦۲۰ درصد⟧ رفتند. در ⟦۷ اکتبر ۲۰۲۳⟧ ⟦۵ میلیون دلار⟧ رسید."),
    sample("ar", "قتل ⟦٣٥ شخصا⟧ في ⟦7 أكتوبر/تشرين الأول 2023⟧ و⟦20 بالمئة⟧ جرحوا ⟦أمس⟧، كما في عام ⟦2024⟧."),
    sample("uk", "⟦7 жовтня 2023 року⟧ загинули ⟦35 осіб⟧, ⟦вчора⟧ ще ⟦20 відсотків⟧, у ⟦четвер⟧ ⟦5 млн доларів⟧."),
    sample("zh", "⟦2023年10月7日⟧，约⟦3.5万人⟧离开，⟦百分之二十⟧留下。⟦昨天⟧是⟦星期四⟧。"),
]
