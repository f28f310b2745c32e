"""The content-addressed place where measurements and artifacts are kept.

`objects/ab/<sha256>` holds bytes named by their digest; `records/<kind>/ab/<key>.json` says
which objects belong to a key, under a checksum of its own. Everything is checked when it is
read, and nothing is ever unpickled. A damaged file is moved to `damaged/`, reported, and counts
as missing. The place is a local folder or any address that fsspec knows.

**Killed at any moment.** Objects are written before the record that names them, each through
a temporary file and a rename (object storage puts whole objects by itself), so a build that
dies leaves at worst an object that no record names, and a temporary file in `new/` that the
next build sweeps away.

**Two builds at once** write the same bytes to the same names; whoever comes second changes
nothing. The pages are written under the lock `site.lock`, one build after the other.

**A build and a gc at once.** On a local disk a `put` holds the store's lock shared, from its
first object to its record, and a gc holds it alone while it lists and deletes: it never sees an
object whose record is still to come. A build notes every key that it finds or puts in
`builds/<time>.log`, line by line, and holds that file's lock as long as it runs. A gc spares
what the logs of running builds name, what was found or put since the oldest of them began (both
leave a mark in the time of the record), and whatever was touched since the gc itself began. A
record that goes in spite of all this is a measurement to be made again, never a wrong page: a
build has read and checked all bytes before it writes. Where there are no locks (object storage),
a gc spares what is younger than a day.
"""

from builder.store.opening import opened
from builder.store.records import FIGURE, Entry, StoreError
from builder.store.store import Store

__all__ = ["FIGURE", "Entry", "Store", "StoreError", "opened"]
