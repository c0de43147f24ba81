"""Speed, memory and plan quality, measured on generated estates of any size."""
