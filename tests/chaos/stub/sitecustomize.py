"""In front of every Python process of the chaos rounds: the preview is drawn by the quick engine of the tests.

So what is killed is the real program as `./fashioncore up` starts it, and a picture takes a fifth of a second.
"""

from pipeline.engines import registry

registry._ENGINES[registry.PREVIEW] = ("tests.chaos.sketcher", "Sketcher")
