### The Home tab: where a story stands, the finished ones, what was agreed to, and the settings.

date-day = { $month ->
    [1] { $day } يناير { $year }
    [2] { $day } فبراير { $year }
    [3] { $day } مارس { $year }
    [4] { $day } أبريل { $year }
    [5] { $day } مايو { $year }
    [6] { $day } يونيو { $year }
    [7] { $day } يوليو { $year }
    [8] { $day } أغسطس { $year }
    [9] { $day } سبتمبر { $year }
    [10] { $day } أكتوبر { $year }
    [11] { $day } نوفمبر { $year }
   *[12] { $day } ديسمبر { $year }
}
date-moment = { $date }، { $time }
page-next = المزيد
page-before = رجوع

## Nobody yet

home-title = قصصك
home-new-what = أساعد في كتابة قصة مهنية قصيرة وصادقة بكلماتك: أسئلة صغيرة، واحداً بعد آخر، في محادثتنا المباشرة. يستغرق الأمر نحو ربع ساعة، ويمكن التوقف والعودة في أي وقت، ولا يعرف أحد من اعتذر.
home-begin = لنكتب قصتي
home-begin-another = لنكتب قصة أخرى
home-empty = لا قصة قيد الكتابة الآن.

## A story in progress

home-current-title = قيد الكتابة
home-current-where = { $step ->
    [invitation] وصلنا إلى البداية تماماً.
    [rules] وصلنا إلى الأمور الثلاثة التي تسبق الكتابة.
    [segment] وصلنا إلى السؤال عن عملك.
    [language] وصلنا إلى اختيار اللغة.
    [warm_up] وصلنا إلى سؤال الإحماء: سطر عفوي واحد.
    [paste] وصلنا إلى لصق النص الجاهز.
    [turn] وصلنا إلى منعطف الطريق: كيف كان الوصول إلى هنا.
    [lines] وصلنا إلى العبارات: إبقاء أو تعديل أو ترك.
    [fill] وصلنا إلى فراغ في إحدى عباراتك.
    [yours] وصلنا إلى لمستك على إحدى العبارات.
    [balance] وصلنا إلى سطر إضافي من أجل التوازن.
    [outside] وصلنا إلى الحياة خارج العمل.
    [ask_me] وصلنا إلى الجملة الأخيرة: «اسألوني عن …».
    [first_line] وصلنا إلى اختيار الجملة الأولى.
    [draft] وصلنا إلى قراءة المسودة.
    [headline] وصلنا إلى السطر الذي يظهر تحت اسمك.
    [last_look] وصلنا إلى النظرة الأخيرة.
    [take] وصلنا إلى أخذ القصة ونشرها.
    [hand] القصة جاهزة، وبقي سؤال عن المشاركة أكثر.
    [highlight] القصة جاهزة، وبقي سؤال عن عرضها.
    [other_language] وصلنا إلى إجابة كُتبت باللغة الأخرى.
   *[other] وصلنا إلى منتصف الطريق.
}
home-current-since = { $status ->
    [paused] في استراحة منذ { $date }، وكل شيء محفوظ.
   *[open] آخر تغيير في { $date }، وكل شيء محفوظ.
}
home-go-on = نتابعها
home-start-other = قصة أخرى

## Put aside

home-aside-title = قصص وُضعت جانباً
home-aside-since = { $language ->
    [ar] بالعربية · وُضعت جانباً في { $date }
    [en] بالإنجليزية · وُضعت جانباً في { $date }
   *[none] وُضعت جانباً في { $date }
}
home-aside-empty = لم يُكتب فيها شيء بعد
home-aside-go-on = نتابع هذه

## Finished

home-finished-title = قصص مكتملة
home-finished-facts = { $language ->
    [ar] بالعربية
   *[en] بالإنجليزية
} · اكتملت في { $date } · { $n ->
    [zero] لا كلمات
    [one] كلمة واحدة
    [two] كلمتان
    [few] { $n } كلمات
    [many] { $n } كلمة
   *[other] { $n } كلمة
}
home-read = قراءة
home-edit = تعديل
home-versions = النسخ السابقة
home-second = { $to ->
    [ar] كتابتها بالعربية أيضاً
   *[en] كتابتها بالإنجليزية أيضاً
}
home-landed-said = { $landed ->
    [up] نُشرت في ملفك، بحسب جوابك.
    [not_yet] لم تُنشر بعد، بحسب جوابك. ولا موعد لذلك.
   *[changed_mind] تغيّر الرأي في نشرها، بحسب جوابك. ولا بأس بذلك.
}
home-list = { $n ->
    [zero] لا قصص
    [one] قصتك الواحدة
    [two] القصتان معاً
    [few] كل القصص: { $n } قصص
    [many] كل القصص: { $n } قصة
   *[other] كل القصص: { $n } قصة
}

## What was agreed to

home-consents-title = موافقاتك
home-consents-about = كل سؤال هنا مستقل عن غيره. ضغطة واحدة تغيّر الجواب في الحال ومن دون سبب، ولا يعرف أحد من قال لا.
consent-counting = هل أحصي ما يقع عليه اختيارك من العبارات، من دون اسمك وفي مجموعات من خمسة أشخاص فأكثر؟
consent-highlight = هل نعرض قصتك للجميع في أحد الأسابيع؟ نسأل أولاً، ويصلك ما سيُعرض بالضبط وموعده.
consent-ask-post = هل أسألك بين حين وآخر عن مشاركة منشور؟
consent-ask-event = هل أسألك عن المشاركة في فعالية؟
consent-ask-blog = هل أسألك عن الكتابة للمدونة؟
consent-ask-candidate = هل أسألك عن حديث مع مرشح لوظيفة؟
consent-status = { $given ->
    [yes] *نعم*، منذ { $date }.
    [no] *لا*، منذ { $date }.
   *[open] *بلا جواب*، وهذا يعني لا.
}
consent-status-counting = { $given ->
    [yes] *نعم*، منذ { $date }، لما يُعرض عليك من عبارات بعد ذلك.
    [no] *لا*، منذ { $date }. ولم يبقَ في الإحصاء شيء منك.
   *[open] *بلا جواب*، وهذا يعني لا.
}
consent-give = نعم
consent-take-back = سحب الموافقة
consent-left = سُحبت الموافقة حين أُوقف الحساب.

## Settings

home-settings-title = بيني وبينك
home-segment = { $segment ->
    [tech] الأقرب إلى عملك: *بناء المنتج*. وهذا يحدد العبارات التي تُعرض أولاً، ولا شيء غير ذلك.
    [gtm] الأقرب إلى عملك: *العمل مع العملاء*. وهذا يحدد العبارات التي تُعرض أولاً، ولا شيء غير ذلك.
   *[none] الأقرب إلى عملك: *لا هذا ولا ذاك، أو من دون جواب*. وهذا يحدد العبارات التي تُعرض أولاً، ولا شيء غير ذلك.
}
home-segment-own = الأقرب إلى عملك: *{ $name }*. وهذا يحدد العبارات التي تُعرض أولاً، ولا شيء غير ذلك.
home-language = لغة حديثنا هنا *العربية*. وللقصة لغتها.
home-first-may = أن أبدأ أنا بالكتابة إليك: *نعم*. نادراً، وفي ساعات عملك، ومع كل رسالة طريقة لإنهاء ذلك.
home-first-stopped = أن أبدأ أنا بالكتابة إليك: *لا*، منذ { $date }. أجيب حين تصلني رسالة منك، وأخبرك بما يخص بياناتك، ولا شيء غير ذلك.
home-first-silent = أن أبدأ أنا بالكتابة إليك: *لا*. أجيب حين تصلني رسالة منك، وأخبرك بما يخص بياناتك، ولا شيء غير ذلك.
home-quiet-offer = هدوء لبعض الوقت: *لا*. يمكن اختيار يوم، وقبل ذلك اليوم لا أبدأ أنا بشيء، إلا ما يخص بياناتك.
home-quiet = *هدوء حتى { $date }*: قبل ذلك اليوم لا أبدأ أنا بشيء، إلا ما يخص بياناتك. ورسالة منك لا تنهي الهدوء.
home-first-allow = لا بأس برسالة تبدأ منك
home-first-stop = من دون رسائل تبدأ منك

## Everything held

home-held-title = كلماتك
home-held = كل ما هو محفوظ عنك حقٌّ لك: رؤيته، وأخذه، ومسحه.
home-held-show = كل ما هو محفوظ عني
home-held-take = أخذه في ملف
home-held-delete = مسح كل شيء

## Reading

read-title = قصتك
read-headline = السطر الذي يظهر تحت اسمك:
read-empty = لا نص فيها بعد.
read-share-title = كم فيها من كلماتك
versions-title = النسخ السابقة
versions-head = { $source ->
    [composed] مجموعة من إجاباتك
    [edited] بتعديلك
    [pasted] النص الذي كان جاهزاً
   *[message] بتعديل رسالة
} · { $date } · { $n ->
    [zero] لا كلمات
    [one] كلمة واحدة
    [two] كلمتان
    [few] { $n } كلمات
    [many] { $n } كلمة
   *[other] { $n } كلمة
}
versions-head-now = النص الحالي · { $source ->
    [composed] مجموعة من إجاباتك
    [edited] بتعديلك
    [pasted] النص الذي كان جاهزاً
   *[message] بتعديل رسالة
} · { $date } · { $n ->
    [zero] لا كلمات
    [one] كلمة واحدة
    [two] كلمتان
    [few] { $n } كلمات
    [many] { $n } كلمة
   *[other] { $n } كلمة
}
versions-about = كل نص كامل مرّت به هذه القصة، والأحدث أولاً. وتبقى ما بقيت القصة.
versions-none = لا نص كاملاً لهذه القصة بعد.
list-title = قصصك
