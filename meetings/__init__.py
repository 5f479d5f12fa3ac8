"""Where core group, college and council meet: what they decided, and what came of it."""
