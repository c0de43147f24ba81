"""Grid of what-ifs -> text: tables, and for two variables a picture."""
