"""What a layer says of one picture: by position, by groups of channels, by the channels that build on each other."""
