# Developer targets: format, format-check, lint.
