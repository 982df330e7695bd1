// The page's own labels, in the two languages it speaks. Arabic labels are nouns and verbal nouns, so that
// they never have to guess whether a man or a woman is reading. Words from the bot or from people never come here.

const EN = {
  practice: 'practice workspace',
  acting_as: 'Acting as',
  choose_person: 'Choose whom to act as',
  search_people: 'Name, title or city',
  nobody_found: 'Nobody by that name',
  guest: 'guest', deactivated: 'deactivated', other_company: 'other company', admin: 'admin',
  locale_ar: 'Arabic', locale_en: 'English',
  apps: 'App', channels: 'Channels', menu: 'Menu', close_menu: 'Close menu',
  messages: 'Messages', home: 'Home', app: 'App', you: 'you',
  unread: '{n} unread', new_messages: 'New messages',
  members: '{n} members', shared_with: 'shared with another company', private_channel: 'private channel',
  write_to: 'Message {name}', reply_here: 'Reply in the thread', send: 'Send', attach: 'Attach a file',
  remove_file: 'Remove the file', enter_sends: 'Enter sends, Shift + Enter starts a new line',
  shortcuts: 'Shortcuts', no_shortcuts: 'The app has no shortcuts',
  edit: 'Edit', delete: 'Delete', save: 'Save', cancel: 'Cancel', edited: '(edited)',
  editing: 'Edit the message', delete_sure: 'Delete this message?',
  delete_text: 'It disappears for everyone in this conversation.',
  was_deleted: 'This message was deleted.', actions_for: 'Message actions',
  react: 'Add a reaction', reacted: '{names} reacted with {emoji}', reply: 'Reply in a thread',
  find_emoji: 'Find an emoji', thread: 'Thread', close_thread: 'Close the thread',
  replies: (n) => (n === 1 ? '1 reply' : `${n} replies`), last_reply: 'last {time}',
  only_you: 'Only visible to you', today: 'Today', yesterday: 'Yesterday',
  download: 'Download', copy: 'Copy', copied: 'Copied', copy_failed: 'Could not copy', preview: 'Preview',
  close: 'Close', submit: 'Submit', confirm_yes: 'Yes', confirm_no: 'No', more: 'More',
  choose: 'Choose', optional: '(optional)',
  required: 'Please complete this required field.', too_long: (n) => `Too long by ${n} characters.`,
  too_short: (n) => `At least ${n} characters, please.`, not_a_number: 'A number, please.',
  too_small: (n) => `At least ${n}, please.`, too_big: (n) => `At most ${n}, please.`,
  trouble: 'That did not get through. Please try again.',
  slow_ack: '{name} took longer than three seconds to answer.',
  no_ack: '{name} did not answer within three seconds. In Slack, too, there would be an error here.',
  modal_trouble: 'We had some trouble connecting. Try again?',
  not_a_command: '“{command}” is not a valid command.',
  not_invited: 'In a channel, “/invite @name” brings somebody in. Here nobody could be: {name}',
  no_commands_in_threads: 'Slash commands do not work in threads.',
  offline: 'The practice server is not answering. Trying again…',
  dismiss: 'Dismiss', deactivated_note: 'This account is deactivated: it can read and cannot write.',
  home_empty: 'Nothing here yet. The app draws its Home when it hears that it was opened.',
  empty_dm: 'This is the beginning of the conversation with {name}.',
  empty_channel: 'This is the beginning of #{name}.', no_dm: 'No conversation with the app',
  clock: 'Practice clock', plus_hour: '+1 hour', plus_day: '+1 day', to_monday: 'To Monday 09:00',
  clock_note: 'Moves the time for everyone, the bot too.', says: '{name}: {text}', commands: 'Commands', people: 'People',
  unknown_block: 'A block this page cannot draw: {type}',
};

const AR = {
  practice: 'مساحة للتجربة',
  acting_as: 'بصفة',
  choose_person: 'اختيار الشخص',
  search_people: 'اسم أو وظيفة أو مدينة',
  nobody_found: 'لا أحد بهذا الاسم',
  guest: 'ضيف', deactivated: 'حساب متوقف', other_company: 'شركة أخرى', admin: 'إدارة',
  locale_ar: 'العربية', locale_en: 'الإنجليزية',
  apps: 'التطبيق', channels: 'القنوات', menu: 'القائمة', close_menu: 'إغلاق القائمة',
  messages: 'الرسائل', home: 'الرئيسية', app: 'تطبيق', you: 'أنا',
  unread: 'غير مقروء: {n}', new_messages: 'رسائل جديدة',
  members: 'الأعضاء: {n}', shared_with: 'مشتركة مع شركة أخرى', private_channel: 'قناة خاصة',
  write_to: 'رسالة إلى {name}', reply_here: 'رد في سلسلة الردود', send: 'إرسال', attach: 'إرفاق ملف',
  remove_file: 'إزالة الملف', enter_sends: 'للإرسال: Enter · لسطر جديد: \u2066Shift + Enter\u2069',
  shortcuts: 'الاختصارات', no_shortcuts: 'لا اختصارات لهذا التطبيق',
  edit: 'تعديل', delete: 'حذف', save: 'حفظ', cancel: 'إلغاء', edited: '(معدّلة)',
  editing: 'تعديل الرسالة', delete_sure: 'حذف هذه الرسالة؟',
  delete_text: 'تختفي عند الجميع في هذه المحادثة.',
  was_deleted: 'حُذفت هذه الرسالة.', actions_for: 'إجراءات الرسالة',
  react: 'إضافة تفاعل', reacted: 'تفاعل {names} بـ{emoji}', reply: 'رد في سلسلة',
  find_emoji: 'بحث عن رمز', thread: 'سلسلة الردود', close_thread: 'إغلاق السلسلة',
  replies: (n) => counted(n, ['لا ردود', 'رد واحد', 'ردّان', 'ردود', 'رداً', 'رد']), last_reply: 'آخرها {time}',
  only_you: 'تظهر لك وحدك', today: 'اليوم', yesterday: 'أمس',
  download: 'تنزيل', copy: 'نسخ', copied: 'نُسخ', copy_failed: 'تعذّر النسخ', preview: 'معاينة',
  close: 'إغلاق', submit: 'إرسال', confirm_yes: 'نعم', confirm_no: 'لا', more: 'المزيد',
  choose: 'اختيار', optional: '(اختياري)',
  required: 'هذه الخانة مطلوبة.', too_long: (n) => `الزيادة: ${counted(n, CHARACTERS)}.`,
  too_short: (n) => `الحد الأدنى: ${counted(n, CHARACTERS)}.`, not_a_number: 'المطلوب رقم.',
  too_small: (n) => `الحد الأدنى: ${n}.`, too_big: (n) => `الحد الأعلى: ${n}.`,
  trouble: 'لم يصل ذلك. والمحاولة ممكنة من جديد.',
  slow_ack: 'تأخر رد {name} أكثر من ثلاث ثوانٍ.',
  no_ack: 'لم يصل رد من {name} خلال ثلاث ثوانٍ. وفي سلاك أيضاً يظهر خطأ هنا.',
  modal_trouble: 'تعذّر الاتصال. هل نحاول من جديد؟',
  not_a_command: '«{command}» ليس أمراً معروفاً.',
  not_invited: 'في القنوات تضيف «\u2066/invite @name\u2069» شخصاً. ولم يُضف أحد هنا: {name}',
  no_commands_in_threads: 'لا تعمل الأوامر في سلاسل الردود.',
  offline: 'لا رد من خادم التجربة. المحاولة مستمرة…',
  dismiss: 'إخفاء', deactivated_note: 'هذا الحساب متوقف: القراءة ممكنة والكتابة غير ممكنة.',
  home_empty: 'لا شيء هنا بعد. يرسم التطبيق صفحته حين يصله خبر فتحها.',
  empty_dm: 'هنا بداية المحادثة مع {name}.',
  empty_channel: 'هنا بداية القناة #{name}.', no_dm: 'لا محادثة مع التطبيق',
  clock: 'ساعة التجربة', plus_hour: '+ ساعة', plus_day: '+ يوم', to_monday: 'إلى الاثنين 09:00',
  clock_note: 'يتغير الوقت عند الجميع، وعند التطبيق أيضاً.', says: '{name}: {text}', commands: 'الأوامر', people: 'الأشخاص',
  unknown_block: 'جزء لا تستطيع هذه الصفحة رسمه: {type}',
};

const CHARACTERS = ['لا أحرف', 'حرف واحد', 'حرفان', 'أحرف', 'حرفاً', 'حرف'];

/** Arabic has six forms for a counted noun; the first three carry their number inside. */
function counted(n, [zero, one, two, few, many, other]) {
  const form = new Intl.PluralRules('ar').select(n);
  if (form === 'zero') return zero;
  if (form === 'one') return one;
  if (form === 'two') return two;
  return `${n} ${{ few, many, other }[form]}`;
}

let dictionary = EN;
let locale = 'en-GB';

/** Western digits in Arabic too: the page must agree with the clock times people type. */
export function speak(personLocale) {
  const arabic = (personLocale ?? '').startsWith('ar');
  dictionary = arabic ? AR : EN;
  locale = arabic ? 'ar-AE-u-nu-latn' : (personLocale ?? 'en-GB');
  document.documentElement.lang = arabic ? 'ar' : 'en';
  document.documentElement.dir = arabic ? 'rtl' : 'ltr';
}

export const localeNow = () => locale;
export const pageDirection = () => document.documentElement.dir;

/** A label of the page; {gaps} are filled from `values`. Counted labels take their number. */
export function t(key, values = {}) {
  const label = dictionary[key];
  if (label === undefined) throw new Error(`no label ${key}`);
  if (typeof label === 'function') return label(values.n);
  return label.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** For the test that holds the two against each other. */
export const dictionaries = { en: EN, ar: AR };
