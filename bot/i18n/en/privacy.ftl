### What happens to somebody's words, what is held about them, taking it along, and deleting it all.

## What happens to my words?

privacy-title = Your words
privacy-short = Nobody at { $company } is shown your words unless you show them. This is what happens to them, in plain lines.
privacy-see = *Who could see them.* You, here. Technically also whoever runs my database at { $company }, and the owners of this Slack workspace, if they use Slack's own export. Your story is shown to nobody else unless you say yes to exactly that.
privacy-keep = *What is kept.* Your answers as you wrote them, the text of each story with its earlier versions, your yes or no to each question on the Home tab, and your name, language and time zone as Slack gives them. It lies in one database, and nowhere else but in this Slack conversation.
privacy-count = *What is counted.* Only if you said yes: which lines you were shown, and which you kept, filled or changed. They appear as totals for groups of five or more, without names. Your own sentences are never counted. You can take yours out at any time.
privacy-never = *What never happens.* No score, no ranking, no list of who said no. No language model writes or reads your story. Nobody is told who declined, stopped, paused or never answered.
privacy-glassdoor = *Glassdoor.* If you open that link I add one to a counter. It has no name beside it.
privacy-delete = *How to end it.* The word “stop” ends what I send unasked, except what concerns your own data. The word “delete” erases the story in progress. On the Home tab you can see everything held about you, take it as a file, and delete it all.

## Everything held about me

held-title = What is held about you
held-intro = This is all of it. The words themselves stand on the Home tab, and in the file, letter for letter.
held-slack = From Slack: the name { $name }, the language setting { $locale } and the time zone { $tz }, last read on { $date }.
held-set = Set by you: the language I speak with you, what is nearer to your work, whether I may write first, how often, and until when I stay quiet.
held-stories = { $n ->
    [0] No story and no draft.
    [one] One story or draft, with all its answers.
   *[other] { $n } stories and drafts, with all their answers.
}
held-versions = { $n ->
    [0] No version of a whole text.
    [one] One version of a whole text.
   *[other] { $n } versions of whole texts.
}
held-consents = { $n ->
    [0] No yes and no no to any use.
    [one] One yes or no, with its wording and its moment.
   *[other] { $n } times a yes or a no, each with its wording and its moment.
}
held-shown = { $n ->
    [0] No line counted as shown to you.
    [one] One line counted as shown to you.
   *[other] { $n } lines counted as shown to you.
}
held-chosen = { $n ->
    [0] No line counted as picked by you.
    [one] One line counted as picked by you.
   *[other] { $n } lines counted as picked by you.
}
held-places = { $n ->
    [0] No note of where a story went.
    [one] One note of where a story went.
   *[other] { $n } notes of where a story went.
}
held-messages = { $n ->
    [0] No note of a message from me to you.
    [one] A note of where one message from me to you stands.
   *[other] Notes of where { $n } messages from me to you stand.
}
held-waves = { $n ->
    [one] One note of an invitation: to which wave, or what you did with it.
   *[other] { $n } notes of invitations: to which wave, and what you did with it.
}
held-notices = { $n ->
    [one] One message that I sent unasked, or am going to send: what about, when, and what became of it.
   *[other] { $n } messages that I sent unasked, or am going to send: what about, when, and what became of them.
}
held-tries = { $n ->
    [one] One note of how sending such a message went.
   *[other] { $n } notes of how sending such messages went.
}
held-order = { $n ->
    [one] The order in which lines were dealt to you, once.
   *[other] The order in which lines were dealt to you, { $n } times.
}
held-sweeps = { $n ->
    [one] One message of mine that is still to disappear from our conversation.
   *[other] { $n } messages of mine that are still to disappear from our conversation.
}
held-tombstone = { $n ->
   *[other] From an earlier deletion: its date, a code in place of your name, whether you had said stop, and whether it came of your leaving.
}
held-listing = { $n ->
   *[other] From the company's people list: your segment, team, start date, country or working week, as far as it names them.
}
held-role = { $n ->
    [one] Your role in the programme.
   *[other] Your { $n } roles in the programme.
}
held-deeds = { $n ->
    [one] One note of a change in the programme that you made, or that was about you.
   *[other] { $n } notes of changes in the programme that you made, or that were about you.
}
held-changes = { $n ->
    [one] One note of something that somebody else changed about you: what, who and when.
   *[other] { $n } notes of what somebody else changed about you: what, who and when.
}
held-lists = { $n ->
    [one] A note of one people list that you gave.
   *[other] Notes of { $n } people lists that you gave.
}
held-other = { $n ->
    [one] One more note, of a newer kind; the file shows it in full.
   *[other] { $n } more notes, of newer kinds; the file shows them in full.
}
held-stories-title = Stories and drafts
held-story = { $status ->
    [finished] Finished
    [aside] Put aside
   *[open] In progress
} · { $language ->
    [ar] Arabic
    [en] English
   *[none] no language yet
} · begun on { $date }
held-consents-title = Every yes and no
held-consent = { $date } · { $use ->
    [counting] Counting lines
    [highlight] Showing a story
    [ask-post] Sharing a post
    [ask-event] An event
    [ask-blog] The blog
    [ask-candidate] Talking with a candidate
   *[other] Another use
}: { $given ->
    [yes] yes
   *[no] no
}
held-nothing = Nothing at all is held about you.
held-on-its-way = The file is on its way; it will stand in our direct messages.

export-name = hakawati-everything.json
export-label = Everything held about me
export-sent = Everything I hold about you, letter for letter, in the file above. It is JSON: a text editor opens it. If you delete everything later, I take this file away too.
export-failed = Slack did not take the file just now. Nothing is lost; please try again in a while.

## Delete it all

erase-title = Delete it all
erase-what = *What goes, for good:* every story, draft, answer and earlier version; every yes and no; what was counted of yours; and your settings. My messages that carry your words disappear from our conversation after that, one by one.
erase-beyond = *What I cannot reach:* what you typed yourself stays in Slack until you delete it there. Copies in backups go when those backups go; whoever runs me can tell you when. Figures already published for whole groups never carried your name, and stay. So does what you put on your own profile.
erase-stays = *What stays here:* your name, language and time zone as Slack has them, and your company's own lists: the people list and who gave it, roles, who was invited. If you were missing there, others could tell that you deleted everything. One more line stays, with a date, a code in place of your name, whether you had said stop, and that the deletion was your own. It keeps old messages from bringing anything back, and I write nothing to you before you write to me or begin a story.
erase-file = You can take everything with you first:
erase-go-on = Go on
erase-keep = Keep everything
erase-sure-title = Really delete it all?
erase-sure = This deletes everything you said, chose and did here, now. It cannot be undone: not by you, not by me, not by anybody here.
erase-sure-label = If that is what you want
erase-sure-tick = Yes, delete everything
erase-sure-submit = Delete it all
erase-sure-missing = Nothing has been deleted. If you mean it, please tick the box first.
erase-done-title = Deleted
erase-done = Everything you said, chose and did here is deleted.
erase-done-messages = { $n ->
    [0] None of my messages here carried your words.
    [one] One message of mine carried your words; it disappears in a moment.
   *[other] { $n } messages of mine carried your words; they disappear one by one, about one a second.
}
erase-done-beyond = What you typed yourself stays in Slack until you delete it there, and copies in backups go when those backups go. Your name in Slack and your company's own lists stay as they are. One line stays, with a code in place of your name, so that nothing old comes back.
erase-done-again = If you ever feel like it, a message to me begins everything anew.
