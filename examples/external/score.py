# Longer sequences score higher: put your own model where "scores" is made.
import json
import sys

for line in sys.stdin:
    question = json.loads(line)
    scores = [float(len(sequence)) for sequence in question["sequences"]]
    print(json.dumps({"id": question["id"], "scores": scores}), flush=True)
