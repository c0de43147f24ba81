"""Values -> text: small printers, one a format."""
