### How delivery stands: the page for those who run the programme, and what owners are told of it unasked.

desk-delivery = What went out
delivery-title = What went out
delivery-standing = { $state ->
    [off] *Slack takes nothing from me just now*: it does not know my token, or this workspace, any more. Please tell whoever runs me. What is still in time then goes out by itself.
    [halted] *Everything is halted* since { $at }, by somebody who runs the programme. [Go on] stands on your Home tab.
    [halted_by_itself] *Everything halted by itself* on { $at }, because many people asked me to stop. Please read your words to them again before you press [Go on] on your Home tab.
    [behind] *I am behind*: something has been due for more than a quarter of an hour. That is usual while a large invitation goes out, for Slack takes some 300 messages a minute. Otherwise please tell whoever runs me.
   *[well] *All is well*: whatever was due has been dealt with.
}
delivery-last = { $know ->
    [both] Most recently: invitations from { $date } on, and in a channel on { $at }.
    [people] Most recently: invitations from { $date } on.
    [posts] Most recently: in a channel on { $at }.
   *[none] Most recently: nothing in two weeks.
}
delivery-next = { $what ->
    [halted] Next: when it goes on.
    [open] Next: each message at the hour of whoever gets it.
    [post] Next: in a channel on { $at }.
    [wave] Next: invitations from { $at } on.
   *[none] Next: nothing is planned.
}

delivery-out = In the last two weeks
delivery-out-none = No invitation was due, and nothing went out in a channel.
delivery-waiting = Waiting
delivery-waiting-none = Nothing.
delivery-not = Did not go out
delivery-not-none = Nothing in a channel, and nothing that Slack refused to five people or more.
delivery-more = { $n ->
    [one] and one more
   *[other] and { $n } more
}

delivery-due = { $n ->
    [one] “{ $name }”: one invitation was due from this day on.
   *[other] “{ $name }”: { $n } invitations were due from this day on.
}
delivery-post = { $state ->
    [sent] In { $channel }: the word ahead of “{ $name }”, on { $at }.
    [time] In { $channel }: the word ahead of “{ $name }”, to come on { $at }.
    [hours] In { $channel }: the word ahead of “{ $name }” waits for the hours of the programme, until { $at }.
    [halted] In { $channel }: the word ahead of “{ $name }” waits until you go on.
    [slack] In { $channel }: the word ahead of “{ $name }” waits, because Slack took nothing just now. I try again by myself.
    [unknown] In { $channel }: nobody knows whether the word ahead of “{ $name }” arrived, because Slack did not answer. Please look there; I do not say it again.
   *[expired] In { $channel }: for the word ahead of “{ $name }” it became too late on { $at }, while everything was halted, Slack took nothing, or I was not running. It does not come any more.
}
delivery-wave = { $state ->
    [ahead] Opens on { $opens }, closes on { $closes }: “{ $name }”.
   *[open] Open since { $opens }, until { $closes }: “{ $name }”.
}
delivery-listed = { $n ->
    [one] One person stands on its list.
   *[other] { $n } people stand on its list.
}
delivery-hours = Each message waits for its hour: by the clock of whoever gets it, in the middle of their working week, on no holiday, not while they do not want to be disturbed, and not more than two in seven days.

delivery-refused-post = { $reason ->
    [is_archived] In { $channel }: it is archived. Have it brought back, or choose another one for the next invitation.
    [not_in_channel] In { $channel }: I am not in it. Invite me there before the next invitation.
    [channel_not_found] In { $channel }: I cannot see it, because it is private or gone. Invite me there, or choose another one for the next invitation.
    [restricted_action] In { $channel }: I may not post there. Have an admin allow it, or choose another one for the next invitation.
   *[other] In { $channel }: Slack answered “{ $error }”. Please tell whoever runs me.
}
delivery-refused-people = { $reason ->
    [messages_tab_disabled] In direct messages: the Messages tab of this app is switched off. Please have whoever runs me switch it on, under App Home in the settings of the app.
    [missing_scope] In direct messages: I lack a permission. Please have whoever runs me install the app again.
    [account] In direct messages: Slack knows some account no more, or lets nobody write to it. There is nothing to do; I read everybody anew each night.
   *[other] In direct messages: Slack answered “{ $error }”. Please tell whoever runs me.
}
delivery-about = Invitations are counted by their list, from the day on which they open, whatever became of each; whoever joins later is counted with the others. Reminders are not counted, nor what arrived and what did not: any such number would tell what somebody chose. What Slack refuses in direct messages is named when it refused it to five people or more.

notice-refused-ask = Slack refused something that I was to say, and I do not try it again:
notice-refused-why = I tell you because you are an owner of the programme, once a day at most.
notice-halted-why = I tell you once, because you are an owner of the programme.
