"""The peer of bench/tensor.ts: the same decoder in PyTorch, training step and sampler.

Usage: python tensor.py train|sample KEY_VALUE_HEADS REPEATS
Prints one JSON line: milliseconds a step, or sequences a second, one number a repeat.
"""
import json
import math
import sys
import time

import torch
import torch.nn.functional as F

L, D, H, V = 4, 192, 6, 48
HD = D // H
torch.set_num_threads(2)


def weights(G, context):
    shapes = [(V, D), (context, D)]
    for _ in range(L):
        shapes += [(D, D + 2 * G * HD), (D, D), (D, 4 * D), (4 * D, D)]
    return [torch.randn(s) * 0.02 for s in shapes + [(D, V)]]


def rms(x):
    return F.rms_norm(x, (D,), eps=1e-5)


def block(x, p, i, G, attend):
    qkv, out, up, down = p[2 + 4 * i : 6 + 4 * i]
    x = x + attend(i, *(rms(x) @ qkv).split([D, G * HD, G * HD], -1)) @ out
    return x + torch.relu(rms(x) @ up).square() @ down


def train(G, repeats):
    """Forward, backward and Adam on 64 x 32 tokens; fused attention, as PyTorch's users have it."""
    B, S = 64, 32
    p = [torch.nn.Parameter(w) for w in weights(G, S)]
    adam = torch.optim.Adam(p, 1e-3, fused=True)
    ids = torch.randint(0, V, (B, S))

    def attend(_, q, k, v):
        heads = lambda t, n: t.view(B, S, n, HD).transpose(1, 2)
        y = F.scaled_dot_product_attention(heads(q, H), heads(k, G), heads(v, G), is_causal=True, enable_gqa=G != H)
        return y.transpose(1, 2).reshape(B, S, D)

    def step():
        x = p[0][ids] + p[1]
        for i in range(L):
            x = block(x, p, i, G, attend)
        loss = F.cross_entropy((rms(x) @ p[-1]).view(-1, V), ids.view(-1))
        adam.zero_grad()
        loss.backward()
        adam.step()

    return timed(step, repeats, lambda seconds: seconds * 1e3)


def sample(G, repeats):
    """512 sequences of 64 tokens with a static cache, one multinomial a step."""
    B, S = 512, 64
    p = weights(G, S)

    def run():
        cache = [(torch.zeros(B, G, S, HD), torch.zeros(B, G, S, HD)) for _ in range(L)]
        ids = torch.zeros(B, dtype=torch.long)
        for s in range(S):

            def attend(i, q, k, v):
                keys, values = cache[i]
                keys[:, :, s] = k.view(B, G, HD)
                values[:, :, s] = v.view(B, G, HD)
                y = F.scaled_dot_product_attention(
                    q.view(B, H, 1, HD), keys[:, :, : s + 1], values[:, :, : s + 1], enable_gqa=G != H
                )
                return y.reshape(B, D)

            x = p[0][ids] + p[1][s]
            for i in range(L):
                x = block(x, p, i, G, attend)
            ids = torch.multinomial((rms(x) @ p[-1]).softmax(-1), 1)[:, 0]

    with torch.inference_mode():
        return timed(run, repeats, lambda seconds: B / seconds)


def timed(work, repeats, figure):
    work()
    work()
    figures = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        figures.append(figure(time.perf_counter() - start))
    return figures


kind, G, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
figures = {"train": train, "sample": sample}[kind](G, repeats)
print(json.dumps({"torch": torch.__version__, "figures": figures}))
