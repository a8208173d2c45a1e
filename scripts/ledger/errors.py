"""What keeps a command from running; each says what to do next."""


class LedgerError(Exception):
    """A command could not run: exit code 2."""


class PackageError(LedgerError):
    """datapackage.json or a schema cannot be read."""


class BuildError(LedgerError):
    """The tables cannot be made into a database."""


class ServeError(LedgerError):
    """The site cannot be served."""


class ScreenError(LedgerError):
    """Names cannot be screened."""
