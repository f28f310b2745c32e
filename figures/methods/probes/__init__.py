"""What layers know of two cues, shape and texture: how well each can be read out, and how many dimensions it takes."""
