"""files.*: the three-step upload, and what is known of a file."""

from practice import events, limits, posting
from practice.channels import Channel
from practice.files import File, as_slack_file
from practice.messages import as_slack_message
from practice.payloads import Json, SlackError
from practice.web_api.methods import Call, method

ALT_TEXT = 1000


@method("files.getUploadURLExternal", "files:write")
def get_upload_url(call: Call) -> Json:
    """First step: give an address for the bytes."""
    name = call.args.need("filename")
    raw = call.args.need("length", "missing_argument")
    if not raw.isdecimal() or int(raw) == 0:
        raise SlackError("missing_argument")
    alt = call.args.text("alt_txt")
    if len(alt) > ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    file = call.world.files.add(name, call.world.bot)
    file.length, file.alt_txt = int(raw), alt
    return {"upload_url": f"{call.world.url}/upload/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write")
def complete_upload(call: Call) -> Json:
    """Third step: share what was uploaded, in one message for each channel."""
    files = [_uploaded(call, item) for item in _items(call)]
    wanted = call.args.names("channels") or call.args.names("channel_id")
    if call.args.text("thread_ts") and len(wanted) > 1:
        raise SlackError("invalid_arguments", ["[ERROR] thread_ts needs a single channel"])
    channels = [_channel(call, name) for name in wanted]
    comment = call.args.text("initial_comment")
    blocks = [] if comment else limits.message_blocks(call.args.json("blocks", "invalid_blocks_format"))
    for channel in channels:
        _share(call, channel, files, (comment, blocks))
    for file in files:
        file.complete = True
        file.created = call.world.clock.seconds()
    return {"files": [as_slack_file(file, call.world.url) for file in files]}


@method("files.info", "files:read")
def info(call: Call) -> Json:
    """Give what is known of a file."""
    file = call.world.files.find(call.args.need("file", "file_not_found"))
    if file is None:
        raise SlackError("file_not_found")
    return {
        "file": as_slack_file(file, call.world.url),
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }


@method("files.delete", "files:write")
def delete(call: Call) -> Json:
    """Delete a file of the bot's, and the messages that held nothing else."""
    world = call.world
    file = world.files.find(call.args.need("file", "file_not_found"))
    if file is None:
        raise SlackError("file_not_found")
    if file.user != world.bot:
        raise SlackError("cant_delete_file")
    world.files.remove(file)
    for name in dict.fromkeys(file.channels):
        channel = world.channels.find(name)
        if channel is not None:
            _take_out(call, channel, file)
    return {}


def _take_out(call: Call, channel: Channel, file: File) -> None:
    for message in call.world.messages.in_channel(channel.id):
        if all(held["id"] != file.id for held in message.files):
            continue
        if len(message.files) == 1 and not message.text and not message.blocks:
            posting.remove(call.world, channel, message)
            continue
        previous = as_slack_message(message)
        message.files = [held for held in message.files if held["id"] != file.id]
        posting.change(call.world, channel, message, previous)


def _items(call: Call) -> list[Json]:
    items = call.args.json("files")
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: files"])
    return items


def _uploaded(call: Call, item: Json) -> File:
    file = call.world.files.find(str(item.get("id")))
    if file is None or not file.uploaded:
        raise SlackError("file_not_found")
    if isinstance(item.get("title"), str):
        file.title = item["title"]
    return file


def _channel(call: Call, name: str) -> Channel:
    world = call.world
    channel = world.channels.dm(name) if world.people.find(name) else world.channels.find(name)
    if channel is None and name.startswith("D") and world.people.find(f"U{name[1:]}"):
        channel = world.channels.dm(f"U{name[1:]}")
    if channel is None:
        raise SlackError("channel_not_found")
    if world.bot not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _share(call: Call, channel: Channel, files: list[File], words: tuple[str, list[Json]]) -> None:
    text, blocks = words
    for file in files:
        file.channels.append(channel.id)
    message = posting.of_bot(
        call.world,
        channel,
        text,
        blocks=blocks,
        subtype="file_share",
        files=[as_slack_file(file, call.world.url) for file in files],
        thread_ts=call.args.text("thread_ts"),
    )
    posting.post(call.world, channel, message)
    for file in files:
        events.file_shared(call.world, channel, file)
