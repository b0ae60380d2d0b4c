#!/usr/bin/env bash
# Trains the predictors that judge the designs of `npm run bench -- paper`. Usage: bench/paper/evaluators.sh DATA_FOLDER
# DATA_FOLDER has qm9/qm9_121k.csv.gz and dna/lentimpra_hepg2_k562_wtc11.csv.gz; models/*/README.md says what they are.
# It takes about 40 minutes on one thread. After an interruption, the training continues.
set -euo pipefail
data=$1
mkdir -p cache/paper

# train NAME TABLE OPTIONS
train() {
  local name=$1 table=$2 out="cache/paper/$1-evaluator.safetensors" resume=()
  shift 2
  python3 "models/$table/table.py" "$data/$1" "cache/paper/$name.csv.gz"
  shift
  [ -e "$out.state" ] && resume=(--resume)
  [ -e "$out" ] || node bin/amalgam.mjs train-predictor "cache/paper/$name.csv.gz" "$@" --threads 1 --seed 11 \
    "${resume[@]}" --out "$out"
}

train qm9 qm9-properties qm9/qm9_121k.csv.gz --column alpha --column gap --column u0-atom --split random --as-drawn \
  --width 160 --depth 4 --members 1 --epochs 15
train lentimpra lentimpra dna/lentimpra_hepg2_k562_wtc11.csv.gz --column HepG2 --column K562 --column WTC11 --members 2 \
  --widths 64,96,96 --kernels 9,7,5
