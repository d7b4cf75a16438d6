"""The published weights of IDM-VTON: fetched, checked and made ready on the machine that uses them.

`hub` and `local` are where they come from, `store` is the folder they lie in, `licence` the terms that somebody
must have accepted, `pull` brings all of it together, `checks` tells `doctor`, `commands` is what is typed. Nothing
here needs torch; halving the weights is `pipeline.engines.idm.convert`, which does.
"""
