"""The table of Slack's error codes: which codes the bot tells apart, and what each group means.

Pure, so that views may name a refusal as well. `bot.slack.errors` reads the code from a failure.
"""

from __future__ import annotations

BUSY = frozenset({"ratelimited", "rate_limited"})
"""Slack asks for fewer calls."""
SERVER_ERROR = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Slack failed, possibly after it did the call."""
GONE = frozenset(
    {"message_not_found", "cant_update_message", "cant_delete_message", "edit_window_closed", "not_found"}
    | {"file_not_found", "file_deleted"}
)
"""The message or file to change or delete no longer exists."""
UNKNOWN_USER = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
"""The id or address is nobody's, or nobody's that this workspace may see."""
UNKNOWN_ADDRESS = frozenset({"user_not_found", "users_not_found"})
"""Nobody in the workspace has this id or email address."""
UNKNOWN_CHANNEL = frozenset({"channel_not_found"})
"""The channel doesn't exist, or is private and the bot isn't in it."""
UNREACHABLE_ACCOUNT = frozenset(
    {"channel_not_found", "user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot"}
)
"""The person can't be sent a DM."""
UNDELETABLE = frozenset(
    {
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "user_not_found",
        "compliance_exports_prevent_deletion",
    }
)
"""The message or file can no longer be reached for deletion, and waiting doesn't change that."""
APP_REFUSED = frozenset(
    {
        "access_denied",
        "accesslimited",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "missing_scope",
        "not_allowed_token_type",
        "org_login_required",
        "team_access_not_granted",
        "team_added_to_org",
        "two_factor_setup_required",
    }
)
"""Slack refuses the app itself, so that the next message or file would fare the same."""
WORKSPACE_OFF = frozenset(
    {"account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed"}
)
"""Slack no longer knows the bot token or the workspace: nothing can be sent."""
APP_TOKEN_REFUSED = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "not_allowed_token_type",
        "missing_scope",
    }
)
"""Slack refuses the app-level token, and another try doesn't change that."""
