"""The preview: the site on this machine, made again at every edit."""
