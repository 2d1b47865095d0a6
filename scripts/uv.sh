#!/bin/sh
# Runs uv with the package index that pip on this machine is set up for.
#
# uv does not read pip's configuration. This wrapper hands the index, the extra
# indexes and the certificate bundle over at run time, and only where uv has no
# setting of its own. Nothing is written to a file, so no address can get into
# the repository. Without any pip configuration it changes nothing.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
uv_home="$here/.uv"

# pip_setting NAME ENVIRONMENT_VALUE: pip's own order, environment first.
pip_setting() {
    if [ -n "$2" ]; then
        printf '%s' "$2"
        return
    fi
    for section in install global; do
        if value=$("$uv_home/bin/pip" config get "$section.$1" 2>/dev/null) && [ -n "$value" ]; then
            printf '%s' "$value"
            return
        fi
    done
}

if [ -z "${UV_DEFAULT_INDEX:-}" ] && [ -z "${UV_INDEX_URL:-}" ]; then
    index=$(pip_setting index-url "${PIP_INDEX_URL:-}")
    if [ -n "$index" ]; then
        export UV_DEFAULT_INDEX="$index"
    fi
fi

if [ -z "${UV_INDEX:-}" ] && [ -z "${UV_EXTRA_INDEX_URL:-}" ] && [ "${AMBERWAY_NO_EXTRA_INDEX:-}" != 1 ]; then
    extra=$(pip_setting extra-index-url "${PIP_EXTRA_INDEX_URL:-}" | tr '\n' ' ')
    if [ -n "$extra" ]; then
        export UV_INDEX="$extra"
        # pip looks at all indexes as one. Safe here: the lock pins every file by its hash.
        export UV_INDEX_STRATEGY="${UV_INDEX_STRATEGY:-unsafe-best-match}"
    fi
fi

if [ -z "${SSL_CERT_FILE:-}" ]; then
    certificates=$(pip_setting cert "${PIP_CERT:-}")
    if [ -n "$certificates" ]; then
        export SSL_CERT_FILE="$certificates"
    fi
fi

export UV_PYTHON_DOWNLOADS="${UV_PYTHON_DOWNLOADS:-never}"
export UV_NO_CONFIG="${UV_NO_CONFIG:-1}"
exec "$uv_home/bin/uv" "$@"
