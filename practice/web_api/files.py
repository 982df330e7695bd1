"""files.*: the three-step upload, and the files' data."""

from practice import events, limits, message_store
from practice.channels import Channel
from practice.files import File, as_slack_file
from practice.messages import as_slack_message
from practice.payloads import Json, SlackError
from practice.web_api.methods import ApiCall, method

MAX_ALT_TEXT = 1000


@method("files.getUploadURLExternal", "files:write")
def get_upload_url(call: ApiCall) -> Json:
    """Return the URL for uploading the bytes: the first step."""
    name = call.args.require("filename")
    raw = call.args.require("length", "missing_argument")
    if not raw.isdecimal() or int(raw) == 0:
        raise SlackError("missing_argument")
    alt = call.args.text("alt_txt")
    if len(alt) > MAX_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    file = call.world.files.add(name, call.world.bot_user_id)
    file.length, file.alt_txt = int(raw), alt
    return {"upload_url": f"{call.world.url}/upload/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write")
def complete_upload(call: ApiCall) -> Json:
    """Share the uploaded files, in one message for each channel: the third step."""
    files = [_uploaded_file(call, item) for item in _file_items(call)]
    wanted = call.args.string_list("channels") or call.args.string_list("channel_id")
    if call.args.text("thread_ts") and len(wanted) > 1:
        raise SlackError("invalid_arguments", ["[ERROR] thread_ts needs a single channel"])
    channels = [_target_channel(call, name) for name in wanted]
    comment = call.args.text("initial_comment")
    blocks = (
        [] if comment else limits.validate_message_blocks(call.args.json("blocks", "invalid_blocks_format"))
    )
    for channel in channels:
        _post_files(call, channel, files, (comment, blocks))
    for file in files:
        file.complete = True
        file.created = call.world.clock.unix_seconds()
    return {"files": [as_slack_file(file, call.world.url) for file in files]}


@method("files.info", "files:read")
def info(call: ApiCall) -> Json:
    """Return a file's data."""
    file = call.world.files.find(call.args.require("file", "file_not_found"))
    if file is None:
        raise SlackError("file_not_found")
    return {
        "file": as_slack_file(file, call.world.url),
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }


@method("files.delete", "files:write")
def delete(call: ApiCall) -> Json:
    """Delete a file of the bot, and the messages that contained nothing else."""
    world = call.world
    file = world.files.find(call.args.require("file", "file_not_found"))
    if file is None:
        raise SlackError("file_not_found")
    if file.user != world.bot_user_id:
        raise SlackError("cant_delete_file")
    world.files.remove(file)
    for name in dict.fromkeys(file.channels):
        channel = world.channels.find(name)
        if channel is not None:
            _remove_file_from(call, channel, file)
    return {}


def _remove_file_from(call: ApiCall, channel: Channel, file: File) -> None:
    for message in call.world.messages.list_in_channel(channel.id):
        if all(attached["id"] != file.id for attached in message.files):
            continue
        if len(message.files) == 1 and not message.text and not message.blocks:
            message_store.remove(call.world, channel, message)
            continue
        previous = as_slack_message(message)
        message.files = [attached for attached in message.files if attached["id"] != file.id]
        message_store.announce_change(call.world, channel, message, previous)


def _file_items(call: ApiCall) -> list[Json]:
    items = call.args.json("files")
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: files"])
    return items


def _uploaded_file(call: ApiCall, item: Json) -> File:
    file = call.world.files.find(str(item.get("id")))
    if file is None or not file.uploaded:
        raise SlackError("file_not_found")
    if isinstance(item.get("title"), str):
        file.title = item["title"]
    return file


def _target_channel(call: ApiCall, name: str) -> Channel:
    world = call.world
    channel = world.channels.open_dm(name) if world.people.find(name) else world.channels.find(name)
    if channel is None and name.startswith("D") and world.people.find(f"U{name[1:]}"):
        channel = world.channels.open_dm(f"U{name[1:]}")
    if channel is None:
        raise SlackError("channel_not_found")
    if world.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _post_files(call: ApiCall, channel: Channel, files: list[File], content: tuple[str, list[Json]]) -> None:
    text, blocks = content
    for file in files:
        file.channels.append(channel.id)
    message = message_store.bot_message(
        call.world,
        channel,
        text,
        blocks=blocks,
        subtype="file_share",
        files=[as_slack_file(file, call.world.url) for file in files],
        thread_ts=call.args.text("thread_ts"),
    )
    message_store.post(call.world, channel, message)
    for file in files:
        events.send_file_shared(call.world, channel, file)
