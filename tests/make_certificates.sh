#!/usr/bin/env bash
# Certificates for a server of the tests, in a folder: an authority and another one, the server's (for `localhost`), a
# client's (for the role `app`), which is there as PKCS#12, too, with the password `secret`.
set -euo pipefail
cd "${1:?a folder}"

# authority NAME
authority() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$1" -keyout "$1.key" -out "$1.crt"
}

# signed NAME SUBJECT
signed() {
    openssl req -newkey rsa:2048 -nodes -subj "/CN=$2" -keyout "$1.key" -out "$1.csr"
    openssl x509 -req -in "$1.csr" -CA authority.crt -CAkey authority.key -CAcreateserial -days 2 -out "$1.crt"
}

{
    authority authority
    authority another
    signed server localhost
    signed client app
    openssl pkcs12 -export -in client.crt -inkey client.key -passout pass:secret -out client.p12
} 2>openssl.log || {
    cat openssl.log >&2
    exit 1
}
chmod 600 ./*.key
