"""Sample stories: two that give no note, one in each language, and the facts about their writers."""

from __future__ import annotations

from importlib.resources import files

import yaml

from bot.coaching import CoachingContext, JargonList, KeptLine, parse_jargon


def _read_content(name: str) -> str:
    return (files("bot") / "content" / name).read_text(encoding="utf-8")


JARGON: JargonList = parse_jargon(yaml.safe_load(_read_content("jargon.yaml")))
STATEMENTS = yaml.safe_load(_read_content("statement-bank.yaml"))["statements"]

ENGLISH_STORY = """I make sure the lights stay on when somebody in Lima presses send. Most days that means \
reading graphs, deleting code and asking one more question than feels polite.

I came here by accident. I was a piano teacher until a student's father showed me the program he had written \
for her practice times, and I could not stop thinking about it. Two years later I wrote my first line for money.

On my first day I noticed that people say "I don't know" in front of the whole room. When I broke the search \
page on a Friday, nobody asked who. They asked what we could learn. We build one thing at Qamar Labs, and \
clinics use it to call back the people who are waiting.

Outside work I bake bread for my neighbours, badly but every Sunday. Ask me about sourdough, or about the day \
the piano fell down the stairs."""

ARABIC_STORY = """أجلس كل صباح أمام شاشة مليئة بالأسئلة، وأحب أن أجيب عن واحد منها قبل القهوة. عملي أن أفهم لماذا \
توقف الناس عند خطوة بعينها، ثم أنقل ذلك إلى من يبني.

وصلت إلى هنا بالمصادفة. كنت أدرّس الرياضيات، وطلب مني أحد الآباء أن أساعده في جدول صغير لمحله. أعجبني الجدول \
أكثر من الدرس، ومنذ ذلك اليوم وأنا أعمل كل يوم مع الأرقام والناس.

في يومي الأول لفت نظري أن المدير يسأل أكثر مما يجيب. وحين أخطأت في رسالة وصلت إلى مئة شخص، ضحك الفريق أولاً \
ثم ساعدوني على كتابة الاعتذار. نصنع في مختبرات قمر أداة واحدة، وتستخدمها العيادات لتتصل بمن ينتظر.

خارج العمل أزرع النعناع على الشرفة، وأخسر أمام أمي في الطاولة كل جمعة."""

DIRECTORY = ("Lina Haddad", "Omar Nasser", "Will Smith", "علي حسن", "ريم الزهراني")

MAYA_CONTEXT = CoachingContext(
    story_language="en",
    jargon=JARGON,
    region="DE",
    outside_answer="I bake bread for my neighbours every Sunday.",
    own_first_names=("Maya",),
    company_names=("Qamar Labs", "مختبرات قمر"),
    colleagues=DIRECTORY,
    bank_lines=tuple(card["en"] for card in STATEMENTS),
    published_stories=(
        "I sell things. People ask me what they do, and then I tell them about my grandmother's shop.",
    ),
    kept_lines=(
        KeptLine("People here say they do not know.", "culture"),
        KeptLine("Clinics use what we make.", "company"),
    ),
)
SALMA_CONTEXT = CoachingContext(
    story_language="ar",
    jargon=JARGON,
    region="SA",
    outside_answer="أزرع النعناع على الشرفة.",
    own_first_names=("Salma", "سلمى"),
    company_names=("Qamar Labs", "مختبرات قمر"),
    colleagues=DIRECTORY,
    bank_lines=tuple(card["ar"] for card in STATEMENTS),
    published_stories=("أبيع الأشياء. يسألني الناس ماذا تفعل، فأحكي لهم عن دكان جدتي في السوق القديم.",),
    kept_lines=(
        KeptLine("المدير يسأل أكثر مما يجيب.", "culture"),
        KeptLine("العيادات تستخدم أداتنا.", "company"),
    ),
)
