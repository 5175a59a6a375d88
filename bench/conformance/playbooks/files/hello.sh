#!/bin/sh
for word in "$@"; do echo "<$word>"; done
case $1 in /*) touch "$1" ;; esac
