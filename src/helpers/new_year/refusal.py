"""Why a new year is not started; told by every command, so that this imports nothing."""


class NewYearRefused(Exception):
    """What stands in the way, in Chinese."""
