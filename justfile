# Short names for what one does often; `just` lists them.
default:
    @just --list

# everything that a change must pass
test:
    python -m pytest -n auto

# one test or a few, in this process, so that a debugger works: just try tests/query -k near --pdb
try *arguments:
    python -m pytest {{arguments}}

# lint and format what can be mended by a machine
tidy:
    ruff check --fix . && ruff format .

# the tables of docs/performance.md
bench:
    python -m bench relevance && python -m bench start && python -m bench freshness && python -m bench engines --slope

# what is made of the commands: docs/commands.md, the manual, the table for completing
help-pages:
    python docs/generate_commands.py > docs/commands.md
    python docs/generate_completion.py > sinorus/cli/completing/commands.txt
    python docs/generate_man.py > docs/man/sinorus.1

# the pictures of the README
pictures:
    python docs/draw_pictures.py && python docs/draw_designs.py
    python docs/photograph_terminal.py

# the documentation as a site, in build/site
site:
    python -m sphinx -W --keep-going -n -q -c docs . build/site

# what is released: a wheel and an sdist, in dist/
build:
    rm -rf dist && python -m hatchling build
