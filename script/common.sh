# shellcheck shell=bash
# What the scripts beside this one share: they source it first, and it brings them to the root of the project.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# rustup puts cargo here, and a terminal opened before it was installed does not know.
[ -d "$HOME/.cargo/bin" ] && PATH="$PATH:$HOME/.cargo/bin"

say() { printf '%s\n' "$*"; }

die() {
    printf '%s\n' "$@" >&2
    exit 1
}

# version_at_least 1.95.0 1.94
version_at_least() { [ "$(printf '%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# Where initdb and postgres are: PG_BINDIR, else the newest of Debian's directories, else what pg_config says.
postgres_bindir() {
    local directory
    if [ -n "${PG_BINDIR:-}" ]; then
        printf '%s\n' "$PG_BINDIR"
        return
    fi
    directory=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    [ -x "$directory/initdb" ] || directory=$(pg_config --bindir 2>/dev/null) || return 1
    [ -x "$directory/initdb" ] && printf '%s\n' "$directory"
}

# The Chromium of this machine: CHROMIUM, else the first known name.
chromium_path() { command -v "${CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome; }

# Starts a PostgreSQL for this script alone, gone when the script ends; psql, createdb and pgbench then speak to it.
# It listens on a socket only, and forgets what it was told if the machine stops: never for people's data.
# Settings (name=value) may follow. In POSTGRES_KEPT, when it is set: what is there is used again, and stays.
# shellcheck disable=SC2120
start_postgres() {
    local bindir setting as=() settings=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400)
    for setting in "$@"; do settings+=(-c "$setting"); done
    bindir=$(postgres_bindir) || die "PostgreSQL's programs are missing: run script/setup."
    postgres_dir=${POSTGRES_KEPT:-$(mktemp -d /tmp/habilitation.XXXXXX)} # short: a socket's path holds 107 bytes at most
    mkdir -p "$postgres_dir"
    if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
        chown postgres: "$postgres_dir"
        as=(--reuid=postgres --regid=postgres --init-groups)
    fi
    trap stop_postgres EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    (
        cd "$postgres_dir"
        # initdb says nothing useful when it works, and everything when it does not.
        [ -e data/PG_VERSION ] || setpriv "${as[@]}" "$bindir/initdb" -D data -U owner -A trust -E UTF8 --locale=C.UTF-8 --no-sync >initdb.log 2>&1 ||
            die "$(cat initdb.log)"
    )
    # pdeathsig: were this script killed without a chance to clean, the server would not outlive it.
    setpriv "${as[@]}" --pdeathsig=QUIT "$bindir/postgres" -D "$postgres_dir/data" -k "$postgres_dir" -c listen_addresses= \
        "${settings[@]}" >>"$postgres_dir/log" 2>&1 &
    postgres_pid=$!
    export PATH="$bindir:$PATH" PGHOST="$postgres_dir" PGUSER=owner
    unset PGPORT PGDATABASE PGPASSWORD PGSERVICE
    local tries=0
    until pg_isready -q; do # what was cut short is read again first
        [ $((tries += 1)) -lt 2400 ] || die "$(cat "$postgres_dir/log")"
        kill -0 "$postgres_pid" 2>/dev/null || die "$(cat "$postgres_dir/log")"
        sleep 0.05
    done
}

stop_postgres() {
    if [ -n "${postgres_pid:-}" ]; then
        kill -QUIT "$postgres_pid" 2>/dev/null || true
        wait "$postgres_pid" 2>/dev/null || true
    fi
    [ -n "${POSTGRES_KEPT:-}" ] || rm -rf "$postgres_dir"
}

# A database of that server holding the schema, without the program: its queries may not compile yet. Prints its address.
migrated_database() {
    createdb "$1"
    for migration in migrations/*.sql; do
        psql -q -v ON_ERROR_STOP=1 --single-transaction -d "$1" -f "$migration" >&2
    done
    printf 'postgres://owner@localhost/%s?host=%s\n' "$1" "$PGHOST"
}
