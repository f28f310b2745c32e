"""Networks put together: blueprints, weights read or drawn, and the cards that describe them."""
