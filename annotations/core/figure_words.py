"""How numbers and dates are written: patterns in the order in which they are tried, the surest first.

English, Arabic, Persian, Ukrainian, Chinese; digits of any script. Every pattern has a group `it`: what is marked.
"""

from typing import NamedTuple

import regex


class Rule(NamedTuple):
    pattern: "regex.Pattern[str]"
    score: float
    why: str


def _rule(pattern: str, score: float, why: str, *, any_case: bool = False) -> Rule:
    flags = regex.IGNORECASE if any_case else 0
    return Rule(regex.compile(f"(?P<it>{pattern})" if "(?P<it>" not in pattern else pattern, flags), score, why)


# -- parts ------------------------------------------------------------------------------------------------------------

# A figure is no part of a word, nor of F-16, 1.2.3 or 12/5; Arabic writes "and", "with", "for" onto it.
_B, _E = r"(?:(?<!\w)|(?<=\b[وفبل]))(?<![\w][-‑.,/:])", r"(?![\w])"
_NUMBER = r"\d{1,3}(?:[,.’'٬\u00a0\u202f ]\d{3})+(?:[.,٫]\d+)?(?!\d)|\d+(?:[.,٫/]\d+)?(?!\d)"
_N = rf"(?:{_NUMBER})"
_TIMES = (
    r"(?:hundred|thousand|million|billion|trillion|mn|bn|[mMkK]n?(?=\b)|"
    r"هزار|میلیون|میلیارد|تریلیون|ألف|آلاف|مليون|ملايين|مليار|مليارات|"
    r"тис\.|тисяч[аі]?|млн\.?|мільйон(?:ів|и|а)?|млрд\.?|мільярд(?:ів|и|а)?)"
)
_WORD_NUMBER = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|a hundred|hundreds|thousands|dozens|scores|tens of thousands|hundreds of thousands|millions)"
)
_SOME = rf"(?:{_N}(?:[ \u00a0-]?{_TIMES})?)"
_RANGE = rf"(?:{_SOME}\s?(?:[-–—‑~～]|to|до|الى|إلى|تا|至)\s?{_SOME}|{_SOME})"
_UNIT = (
    r"(?:km²|km2|sq(?:uare)? (?:km|kilomet(?:er|re)s?|miles?|met(?:er|re)s?)|km/h|kph|mph|kilomet(?:er"
    r"|re)s?|met(?:er|re)s?"
    r"|cent(?:i)?met(?:er|re)s?|millimet(?:er|re)s?|km|cm|mm|miles?|feet|foot|ft|inch(?:es)?|yards?|acres?|hectares?|ha"
    r"|tons?|tonnes?|kilograms?|kilos?|kg|grams?|mg|pounds?|lbs?|ounces?|lit(?:er|re)s?|barrels?(?: (?:a|per) day)?|bpd"
    r"|gallons?|degrees?|°\s?[CF]?|celsius|fahrenheit|volts?|kWh|MWh|GWh|kW|MW|GW|megawatts?|gigawatts?|kilowatts?"
    r"|Hz|MHz|GHz|bytes?|[KMGT]B|hours?|hrs?|minutes?|mins?|seconds?|days?|weeks?|months?|years?|decades?|centuries"
    r"|кг|км|м|см|мм|т|тонн[иу]?|кілометр(?:ів|и|а)?|метр(?:ів|и|а)?|годин[иу]?|хвилин[иу]?|днів|дні"
    r"|тижн(?:ів|і)|місяц(?:ів|і)"
    r"|рок(?:ів|и)|літр(?:ів|и|а)?|барел(?:ів|і)"
    r"|کیلومتر|متر|سانتیمتر|تن|کیلوگرم|کیلو|گرم|لیتر|بشکه|ساعت|دقیقه|روز|هفته|ماه|سال"
    r"|كيلومتر(?:ا|ات)?|كم|متر(?:ا)?|أمتار|طن(?:ا)?|أطنان|كيلوغرام|كغ|برميل|ساعة|ساعات|دقيقة|دقائق|يوما"
    r"|أيام|أسبوعا|أسابيع"
    r"|شهرا|أشهر|عاما|سنة|سنوات|أعوام)"
)
_PEOPLE = (
    r"(?:(?:[a-z]+ ){0,2}?(?:people|persons?|civilians?|women|men|children|soldiers?|fighters?|troops?"
    r"|officers?|officials?"
    r"|hostages?|prisoners?|refugees?|residents?|deaths?|dead|casualties|injuries|wounded|injured|killed|missing|votes?"
    r"|workers?|students?|households?|families|homes?|houses?|buildings?|villages?|missiles?|rockets?"
    r"|drones?|tanks?|aircraft"
    r"|countries|states|members?|times|cases?|seats?|Palestinians|Israelis|Ukrainians|Iranians|Syrians|Lebanese)"
    r"|осіб|людей|люд(?:ини|ям)|цивільних|військових|дітей|жінок|загиблих|поранених|ракет|дрон(?:ів|и)"
    r"|танк(?:ів|и)|разів"
    r"|نفر|تن|کشته|زخمی|شهید|مجروح|کودک|زن|سرباز|موشک|پهپاد|بار|خانوار"
    r"|شخص(?:ا)?|أشخاص|قتيل(?:ا)?|قتلى|جريح(?:ا)?|جرحى|شهيد(?:ا)?|شهداء|طفل(?:ا)?|أطفال|امرأة|نساء"
    r"|جندي(?:ا)?|جنود|صاروخ(?:ا)?|صواريخ"
    r"|مسيرة|مرة|مرات)"
)
_CURRENCY_SIGN = r"[$€£¥₴₽₹₪﷼₺₩]"
_CURRENCY = (
    r"(?:(?:US |U\.S\. )?dollars?|USD|euros?|EUR|pounds?(?: sterling)?|GBP|yuan|renminbi|RMB|CNY|yen|JPY"
    r"|rubles?|roubles?|RUB"
    r"|rials?|IRR|tomans?|shekels?|ILS|NIS|hryvn(?:ia|ias|i)|UAH|dirhams?|dinars?|liras?|rupees?|francs?|CHF|cents?"
    r"|доларів|долари|долар(?:а)?|євро|грн\.?|гривень|гривні|гривня|рублів"
    r"|دلار|یورو|ریال|تومان|پوند|دولار(?:ا|ات)?|يورو|ريال(?:ا|ات)?|جنيه(?:ا)?|دينار(?:ا)?|درهم(?:ا)?|ليرة)"
)

# -- neither: what has digits and is no figure -------------------------------------------------------------------------

NEITHER = regex.compile(
    r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.]+|[@#]\w+"
    r"|(?<!\w)\+\d[\d\s().-]{6,}\d"  # telephone numbers, with the country ...
    r"|(?<![\w])\(?0\d{1,4}\)?[\s-]\d{3,4}[\s-]?\d{3,5}(?!\d)"  # ... and without
    r"|(?<!\w)\d{3}-\d{3,4}(?:-\d{4})?(?!\d)"
    r"|(?<!\w)\d+(?:\.\d+){2,}(?!\.?\d)(?<!\d\.(?:19|20)\d\d)"  # versions and addresses of machines, not 7.10.2023
    r"|(?<!\w)\p{L}{1,6}[-‑]\d+\p{L}?(?!\w)"  # F-16, COVID-19
    r"|USA Today|Russia Today|(?:Resolution|resolution|Article|article|Section|Channel|No\.|№|ст\.) ?\d+"
)

# -- dates -------------------------------------------------------------------------------------------------------------

_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_YEAR_LOCAL = r"(?:[1۱١][3-9۳-۹٣-٩][0-9۰-۹٠-٩]{2}|[2۲٢][0۰٠][0-9۰-۹٠-٩]{2})(?!\d)"
_DAY = r"(?:[0-3۰-۳٠-٣]?\d)(?!\d)"
_EN_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.|Apr\.?|Jun\.|Jul\.|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_EN_DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_UK_MONTH = (
    r"(?:січ(?:ня|ень|ні)|лют(?:ого|ий|ому)|берез(?:ня|ень|ні)|квіт(?:ня|ень|ні)|трав(?:ня|ень|ні)|черв(?:ня|ень|ні)"
    r"|лип(?:ня|ень|ні)|серп(?:ня|ень|ні)|верес(?:ня|ень|ні)|жовт(?:ня|ень|ні)|листопад[аі]?|груд(?:ня|ень|ні))"
)
_UK_DAY = r"(?:понеділ(?:ок|ка)|вівтор(?:ок|ка)|серед[уаи]|четвер(?:га)?|п[’'ʼ]ятниц[юяі]|субот[уаи]|неділ[юяі])"
_AR_MONTH = (
    r"(?:يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|كانون الثاني|شباط|آذار|نيسان"
    r"|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول)"
)
_AR_DAY = r"(?:الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت)"
_FA_MONTH = (
    r"(?:فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
    r"|ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|جولای|اوت|آگوست|سپتامبر|اکتبر|نوامبر|دسامبر)"
)
_FA_DAY = r"(?:شنبه|یک ?\u200c?شنبه|دو ?\u200c?شنبه|سه ?\u200c?شنبه|چهار ?\u200c?شنبه|پنج ?\u200c?شنبه|جمعه)"
_ZH_N = r"[\d〇零一二三四五六七八九十两兩]"
_PART_OF_DAY = r"(?: (?:morning|afternoon|evening|night))"

DATES = (
    _rule(rf"{_B}{_YEAR}-[01]\d-[0-3]\d(?:T[\d:.]+Z?)?{_E}", 0.98, "A whole date"),
    _rule(rf"{_B}[0-3]?\d[./][01]?\d[./](?:{_YEAR}|\d\d){_E}", 0.9, "A date in figures"),
    _rule(
        rf"{_B}(?:{_EN_DAY},? )?(?:the )?{_DAY}(?:st|nd|rd"
        rf"|th)?(?: ?[-–] ?{_DAY})? (?:of )?{_EN_MONTH}(?:,? {_YEAR})?{_E}",
        0.95,
        "A day and a month",
    ),
    _rule(
        rf"{_B}(?:{_EN_DAY},? )?{_EN_MONTH} {_DAY}(?:st|nd|rd|th)?(?: ?[-–] ?{_DAY})?(?:,? {_YEAR})?{_E}",
        0.95,
        "A day and a month",
    ),
    _rule(rf"{_B}(?:(?:early|mid|late)[- ])?{_EN_MONTH},? (?:of )?{_YEAR}{_E}", 0.93, "A month and a year"),
    _rule(
        rf"{_B}(?:{_UK_DAY}, ?)?{_DAY}(?:-?го)? {_UK_MONTH}(?: {_YEAR}(?: рок[уи]"
        rf"| р\.)?)?{_E}", 0.95, "A day and a month"
    ),
    _rule(rf"{_B}{_UK_MONTH} {_YEAR}(?: рок[уи]| р\.)?{_E}", 0.9, "A month and a year"),
    _rule(
        rf"{_B}(?:{_AR_DAY}،? )?{_DAY} {_AR_MONTH}(?:/{_AR_MONTH})?(?: (?:عام )?{_YEAR_LOCAL})?{_E}",
        0.95,
        "A day and a month",
    ),
    _rule(rf"{_B}{_AR_MONTH}(?:/{_AR_MONTH})? {_YEAR_LOCAL}{_E}", 0.9, "A month and a year"),
    _rule(
        rf"{_B}(?:{_FA_DAY}،? )?{_DAY} {_FA_MONTH}(?: ماه)?(?: (?:سال )?{_YEAR_LOCAL})?{_E}", 0.95, "A day and a month"
    ),
    _rule(rf"{_B}{_FA_MONTH}(?: ماه)? {_YEAR_LOCAL}{_E}", 0.9, "A month and a year"),
    _rule(r"(?<!\d)(?:\d{4}|[〇零一二三四五六七八九]{4})年(?:\d{1,2}月(?:\d{1,2}[日号號])?)?", 0.95, "A date with 年"),
    _rule(rf"(?<!\d){_ZH_N}{{1,3}}月{_ZH_N}{{1,3}}[日号號]", 0.95, "A day and a month"),
    _rule(r"(?:上|下|本|这)?(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]", 0.85, "A day of the week"),
    _rule(r"(?:昨|今|明|前|后|後)[天日]|(?:去|今|明|前)年|[上下本]个?(?:周|月"
          r"|星期)(?!末?[一-鿿]?会)", 0.75, "A day seen from another"),
    _rule(rf"{_ZH_N}{{1,12}}(?:天|周|个?星期|个?月|年|小时)(?:前|后|後|之前|以前)", 0.8, "A time seen from another"),
    _rule(
        rf"{_B}(?:(?:(?:on|since|until|by|from|last|next|this) )?(?P<it>(?:(?:last|next"
        rf"|this) )?{_EN_DAY}{_PART_OF_DAY}?)){_E}",
        0.85,
        "A day of the week",
    ),
    _rule(
        rf"{_B}(?:{_N}|an?|{_WORD_NUMBER}|several|a few|some) (?:minutes?|hours?|days?|weeks?|months?|years?|decades?) "
        rf"(?:ago|earlier|later|before|after){_E}",
        0.85,
        "A time seen from another",
        any_case=True,
    ),
    _rule(
        rf"{_B}(?:yesterday|tomorrow|tonight|today|(?:last|next|this|earlier this|later this) "
        rf"(?:week|weekend|month|year|night|spring|summer|autumn|fall|winter)){_E}",
        0.8,
        "A day seen from another",
        any_case=True,
    ),
    _rule(
        rf"\b(?:in|since|until|of|by|during|early|late|mid|last|next|this|from)[ -](?P<it>(?:January|February"
        rf"|March|April|May"
        rf"|June|July|August|September|October|November|December)){_E}(?! (?:\d|Day\b|[A-Z]))",
        0.75,
        "A month",
    ),
    _rule(
        rf"{_B}(?:в|у|з|до|від|минул(?:ої|ого)|наступн(?:ої|ого))? ?(?P<it>(?:минул(?:ої|ого) |наступн(?:ої"
        rf"|ого) )?{_UK_DAY}){_E}",
        0.8,
        "A day of the week",
        any_case=True,
    ),
    _rule(
        rf"{_B}(?:учора|вчора|сьогодні|завтра|позавчора|(?:минул|наступн|ць)ого (?:тижня|місяця|року)"
        rf"|{_N} (?:день|дні|днів|тижні|тижнів|місяці|місяців|роки|років) тому){_E}",
        0.8,
        "A day seen from another",
        any_case=True,
    ),
    _rule(rf"{_B}{_YEAR}(?:[-–/]{_YEAR})? (?:рок[уи]|році|р\.){_E}", 0.9, "A year"),
    _rule(
        rf"{_B}(?:يوم |مساء |صباح )?{_AR_DAY}(?: (?:الماضي|المقبل|القادم|الماضية"
        rf"|المقبلة))?{_E}", 0.8, "A day of the week"
    ),
    _rule(
        rf"{_B}(?:أمس|غدا|غدًا|(?:الأسبوع|الشهر|العام) (?:الماضي|المقبل|القادم|الجاري)|قبل {_N}? ?(?:يومين"
        rf"|أيام|أسبوعين|أسابيع"
        rf"|شهرين|أشهر|عامين|سنوات)){_E}",
        0.8,
        "A day seen from another",
    ),
    _rule(rf"{_B}(?:عام|سنة|سال) (?P<it>{_YEAR_LOCAL})", 0.9, "A year"),
    _rule(rf"{_B}(?:روز |شامگاه |صبح |عصر )?{_FA_DAY}(?: (?:گذشته|آینده))?{_E}", 0.8, "A day of the week"),
    _rule(
        rf"{_B}(?:دیروز|امروز|فردا|دیشب|امشب|پریروز|(?:هفته|ماه|سال) (?:گذشته|آینده|جاری|پیش)"
        rf"|{_N} (?:روز|هفته|ماه|سال|ساعت) (?:پیش|قبل|گذشته|بعد)){_E}",
        0.8,
        "A day seen from another",
    ),
    _rule(rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|of|from|[Dd]uring|before|after"
          rf"|the) (?P<it>{_YEAR}s?(?:[-–](?:{_YEAR}|\d\d))?)"
          rf"{_E}(?!,\d|\.\d|%| ?(?:{_UNIT}|{_PEOPLE}|{_TIMES}|{_CURRENCY}))", 0.8, "A year"),
    _rule(rf"\((?P<it>{_YEAR}(?:[-–]{_YEAR})?)\)", 0.7, "A year"),
)  # fmt: skip

# -- numbers -----------------------------------------------------------------------------------------------------------

_ZH_NUMBER = r"(?:\d[\d,.]*|[一二三四五六七八九十百千两兩]{1,12})"

FIGURES = (
    _rule(
        rf"(?<!\w)(?:US|A|C|HK"
        rf"|NT)?{_CURRENCY_SIGN}\s?{_RANGE}(?:[ \u00a0]?{_TIMES})?{_E}", 0.95, "Money: a sign and a number"
    ),
    _rule(rf"{_B}(?:USD|EUR|GBP|UAH|ILS|RMB|CNY|JPY) ?{_RANGE}{_E}", 0.95, "Money: a currency and a number"),
    _rule(rf"{_B}{_RANGE}(?:[ \u00a0]{_TIMES})?\s?{_CURRENCY_SIGN}", 0.95, "Money: a number and a sign"),
    _rule(rf"{_B}{_RANGE}[ \u00a0-]?{_CURRENCY}{_E}", 0.95, "Money: a number and a currency"),
    _rule(
        rf"{_B}{_RANGE} ?(?:%|٪|％|‰|per cent\b|percent\b|percentage points?\b|درصد|بالمئة|بالمائة|في المئة|في المائة"
        r"|відсотк(?:ів|и|а)\b|процент(?:ів|и|а)\b)",
        0.95,
        "A share in per cent",
    ),
    _rule(r"百分之(?:\d[\d.]*|[一二三四五六七八九十百点]+)", 0.95, "A share in per cent"),
    _rule(
        rf"(?<![\d.,]){_ZH_NUMBER}(?:[至~-]{_ZH_NUMBER})?[万萬亿億千百]*多?(?:名|人|个|個|公里|千米|米|吨|噸"
        rf"|公斤|元|美元|欧元|岁|枚|架|辆|艘|%|平方公里|万|亿|小时|分钟|天|年|次|户|所)+",
        0.85,
        "A number with what it counts",
    ),
    _rule(rf"{_B}{_RANGE}[ \u00a0-]?{_UNIT}{_E}", 0.9, "A number with its unit"),
    _rule(rf"{_B}{_RANGE}°(?:\s?[CF])?", 0.9, "A number with its unit"),
    _rule(rf"{_B}{_RANGE}(?: {_TIMES})? {_PEOPLE}{_E}", 0.9, "A number with what it counts"),
    _rule(rf"{_B}{_WORD_NUMBER}(?:-(?:one|two|three|four|five|six|seven|eight|nine))?(?: {_TIMES})? "
          rf"(?:{_UNIT}|{_CURRENCY}|{_PEOPLE}){_E}", 0.75, "A number in words, with what it counts", any_case=True),
    _rule(rf"{_B}{_N}[ \u00a0-]{_TIMES}{_E}", 0.85, "A large number"),
    _rule(rf"{_B}\d{{1,3}}(?:[,٬\u00a0\u202f]\d{{3}})+{_E}", 0.8, "A large number"),
    _rule(rf"{_B}\d+ ?[-–] ?\d+{_E}(?!-)", 0.5, "A range"),
)  # fmt: skip
