### Running the programme: the desk on the Home tab, the forms that set it up, and what was changed.

## The desk

desk-title = The programme
desk-offer = { $why ->
    [owner] You are an owner of the programme, and it is not set up yet. Four short forms; each is kept as you send it, and all of it can be changed later.
    [left] Whoever ran the programme here has left. As an admin of this workspace you can name the people who will run it now; everything that was set is still there.
    [unfinished] The programme is not set up to the end: nobody has been named to run it. As an admin of this workspace you can go on where it stopped.
   *[new] Nobody runs the programme here yet. As an admin of this workspace you can set it up: four short forms, and in the last you name the people who will run it. They are told, and nobody else is written to because of it.
}
desk-set-up = Set it up
desk-change = Change
desk-company = { $n ->
    [0] { $company }
   *[other] { $company }, also called { $aliases }
}
desk-segments = Segments: { $tech } · { $gtm }
desk-role = { $role ->
    [owner] Owners: { $people }
    [sponsor] Sponsor: { $people }
    [people_partner] People partners: { $people }
    [recruiter] Recruiters: { $people }
   *[executive] Executives: { $people }
}
desk-nobody = nobody yet
desk-more = { $n ->
    [one] one more
   *[other] { $n } more
}
desk-times = { $days }, { $opens } to { $closes } on each person's own clock. Holidays: { $country }. Where somebody's time zone is unknown: { $zone }. What I post in channels is in { $language ->
    [ar] Arabic
   *[en] English
}.
desk-no-country = none
desk-reading-title = *The people of this workspace*
desk-reading-none = Not read from Slack yet.
desk-reading-going = { $n ->
    [0] I am reading them from Slack now.
    [one] I am reading them from Slack now: one so far.
   *[other] I am reading them from Slack now: { $n } so far.
}
desk-reading-done = { $n ->
    [one] One account read from Slack on { $at }. I keep up with changes, and read all of it again every night.
   *[other] { $n } accounts read from Slack on { $at }, with guests, bots and people who left. I keep up with changes, and read all of it again every night.
}
desk-reading-failed = On { $at } I could not read them to the end: Slack answered “{ $error }”. I try again by myself; if it stays so, tell whoever runs me.
desk-log = What was changed

## A channel, and what is in the way

channel-state = { $what ->
    [stories_channel] Highlights and momentum
   *[asks_channel] Asks
}: { $state ->
    [well] { $channel }. I can post there.
    [absent] { $channel }. I am not in it: write there “/invite” and { $bot }.
    [unseen] I cannot see the channel. Either it is gone, or it is private and I am not in it: write there “/invite” and { $bot }, or choose another.
    [archived] { $channel }. It is archived, and nothing can be posted there: choose another.
    [read_only] { $channel }. I may not post there. An admin can allow it in the channel's settings, under “Posting permissions”; or choose another.
    [shared] { $channel }. I can post there, and people of another company read it too. If that is not meant, choose another.
    [unknown] { $channel }. Slack did not tell me just now whether I can post there.
   *[none] no channel chosen yet.
}

## The forms

set-step = { $step } of { $of }.
set-step-company = Every form is kept as you send it; all of it can be changed later.
set-step-times = When I may write to people.
set-step-channels = Where I may post. You can leave both open for now.
set-step-people = Last: who runs it. From then on it is theirs.
set-go-on = Go on

set-company-title = Company and segments
set-company-name = What your company is called
set-company-aliases = What else it is called
set-company-aliases-hint = One name on each line: a short form, a former name, the name in Arabic. A story that says one of them has named its employer.
set-company-empty = The company needs a name.
set-company-many = At most 20 names, of 80 characters each.
set-segments = *Two segments.* Messages are compared between the people of two kinds of work. Left empty, they are called as in the grey words.
set-segment-tech = { $language ->
    [ar] Who builds it, in Arabic
   *[en] Who builds it, in English
}
set-segment-gtm = { $language ->
    [ar] Who works with customers, in Arabic
   *[en] Who works with customers, in English
}
set-segment-same = The two segments need different names.

set-times-title = Days and hours
set-week = The working week
set-week-hint = Where nothing else is known of a person. I do not write to people on other days, except about their own data.
set-opens = Messages may come from
set-closes = and until
set-hours-hint = By the clock on the wall of whoever gets them, in the middle of their working week.
set-hours-wrong = The hours begin before they end, and lie between 06:00 and 22:00.
set-country = Holidays of which country
set-country-hint = Its name, or its two letters. A person's own country goes before, where the people list names it.
set-country-unknown = I know no holidays of that country. Try its name in English or Arabic, or its two letters.
set-zone = Time zone where somebody's own is unknown
set-zone-hint = As in Asia/Riyadh or Europe/Berlin.
set-zone-unknown = I know no such time zone. It looks like Asia/Riyadh.
set-language = The language of what I post in channels

set-channels-title = Channels
set-channel = { $what ->
    [stories_channel] Highlights and momentum
   *[asks_channel] Asks
}
set-channel-hint = { $what ->
    [stories_channel] Where one or two people are shown each week, with their permission.
   *[asks_channel] Where advocates read of an event, a post, a talk with a candidate.
}
set-channel-choose = Choose a channel
set-channels-later = Nothing is posted because of this. On the Home tab I say whether I can post there.

set-people-title = People in charge
set-role = { $role ->
    [owner] Owners
    [sponsor] Sponsor
    [people_partner] People partners
    [recruiter] Recruiters
   *[executive] Executives
}
set-role-hint = { $role ->
    [owner] They run the programme and change everything in it, usually from marketing. At least one.
    [sponsor] The voice of the highlight, usually the head of marketing. May do what owners may.
    [people_partner] For workshops and welcomes.
    [recruiter] Who show a candidate a story, where its author agreed to that.
   *[executive] Whose taking part is an example to others.
}
set-role-many = { $role ->
    [owner] *Owners*
    [sponsor] *Sponsor*
    [people_partner] *People partners*
    [recruiter] *Recruiters*
   *[executive] *Executives*
}: { $n ->
    [one] one person. That is more than fits here; a people list changes it.
   *[other] { $n } people. That is more than fits here; a people list changes it.
}
set-people-choose = Choose people
set-people-outside = Guests, bots, and people who left or belong to another company cannot have a role: { $people }

set-done-title = It is set up
set-done-what = *That is all.* The owners find all of it on the Home tab, and can change it there. Whoever you gave a role hears of it from me at their next decent hour; a word from you before that is kinder.
set-done-people = I am reading the people of this workspace from Slack now: names, languages and time zones. That takes a moment in a large company.
set-done-next = Nobody is invited and nothing is posted by setting up.

## What was changed

log-title = What was changed
log-about = The latest first. What people decide for themselves is not here.
log-none = Nothing has been changed yet.
log-line = { $at } · { $who }: { $what }
log-nobody = somebody on the command line, or who is no longer known
log-itself = by itself, because many asked me to stop
log-somebody = somebody who is no longer known
log-role-given = made { $whom } { $about ->
    [owner] an owner
    [sponsor] the sponsor
    [people_partner] a people partner
    [recruiter] a recruiter
   *[executive] an executive
}
log-role-taken = { $whom } is no longer { $about ->
    [owner] an owner
    [sponsor] the sponsor
    [people_partner] a people partner
    [recruiter] a recruiter
   *[executive] an executive
}
log-settings = { $about ->
    [company] changed the company or the segments
    [times] changed days, hours or language
   *[channels] changed the channels
}

## When it may not be

problem-not-allowed = That is for the people who run the programme here.
problem-last-owner = The programme needs at least one owner who works here. Name another one first.
problem-nobody-there = I find nobody in this workspace by that address.

## A people list

list-accepted = Thank you, I have the list. I match each line with a person here, and tell you when I am through; a long list takes a few minutes. Whoever it puts into a segment, a team or a role hears of it from me, once, at their next decent hour.
list-refused = I could not take anything from that list. It has to be a CSV file of at most one megabyte, kept in Slack itself, with a first line that names the columns, one of them “email” or “slack id”. If you no longer run the programme, I may not read it either.
list-taken = { $n ->
    [0] I am through with the list. No line of it could be taken.
    [one] I am through with the list. One line was taken.
   *[other] I am through with the list. { $n } lines were taken.
}
list-left = { $n ->
    [one] One line was left out:
   *[other] { $n } lines were left out:
}
list-left-more = { $n ->
    [one] And one more.
   *[other] And { $n } more.
}
list-problem = Line { $line }: { $wrong ->
    [person] no e-mail address and no member ID.
    [segment] no segment of this programme.
    [executive] “executive” is neither yes nor no.
    [start] the start date does not read like 2027-03-01.
    [country] I know no such country.
    [week] the working week does not read like Sun-Thu.
    [twice] this person is named further up already.
    [cells] more cells than columns.
    [unknown] I find nobody here by that address.
   *[outside] a guest, a bot, or somebody who left or belongs to another company.
}
list-forgotten = The addresses are not kept. The segments of the list decide who is invited and how figures are grouped, whatever people tell me about themselves. The file stays in this conversation until you delete it.
log-people-listed = { $about ->
   *[other] gave a people list
}
