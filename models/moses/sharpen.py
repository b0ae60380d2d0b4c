"""Makes a generator whose own distribution is what another writes at a temperature: python sharpen.py FROM.safetensors TEMPERATURE TO.safetensors

Logits are linear in the matrix of the head, so that matrix divided by the temperature gives softmax(logits / temperature).
The temperature is written into the file's history.
"""
import hashlib
import json
import pathlib
import struct
import sys

import numpy


def main(source, temperature, target):
    data = pathlib.Path(source).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    body = bytearray(data[8 + length :])
    head = header["head.out"]
    assert head["dtype"] == "F16", head["dtype"]
    begin, end = head["data_offsets"]
    matrix = numpy.frombuffer(body[begin:end], "<f2").astype("f4") / temperature
    body[begin:end] = matrix.astype("<f2").tobytes()
    history = json.loads(header["__metadata__"]["history"])
    history["sharpened"] = {"temperature": temperature, "from": hashlib.sha256(data).hexdigest()}
    header["__metadata__"]["history"] = json.dumps(history, separators=(",", ":"))
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(target).write_bytes(struct.pack("<Q", len(text)) + text + body)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3])
