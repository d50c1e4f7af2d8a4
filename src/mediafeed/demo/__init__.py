"""Show the whole job on bundled sample sources, without the internet.

`sources/` holds plain files, written by us in the true forms of the hosts they imitate; `{origin}` stands for the
address they are served at. `catalogue` says where each is served, `origin` serves them on loopback, `sample_config`
writes the config that polls them, and `expected` says what must come of it.

Takes: a folder and a port.
Gives: an origin to poll, a config, and what to expect.
Touches: a listening socket on 127.0.0.1; the folder.
"""
