"""One module a format: records to bytes, or bytes to drafts, with what the format cannot carry.

A writer is a generator of bytes over (kind, row) pairs that counts into a `LossReport`. Native and foreign imports that
bring more than articles come later.
"""
