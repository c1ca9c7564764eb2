#!/bin/sh
# Makes the secrets that docker-compose.yml reads, each in a file of its own in secrets/. What is there stays as it is.
# The folder is closed to others; the files can be read by the user without rights inside the containers.
set -eu
cd "$(dirname "$0")/.."
mkdir -p secrets
chmod 700 secrets
make() { # name, then a command that prints the secret
	file="secrets/$1"
	shift
	[ -s "$file" ] && return
	"$@" >"$file.new"
	chmod 444 "$file.new"
	mv "$file.new" "$file"
	echo "· $file"
}
s3_identity() {
	printf '{"identities": [{"name": "kortwijs", "credentials": [{"accessKey": "kortwijs", "secretKey": "%s"}], "actions": ["Admin", "Read", "Write", "List", "Tagging"]}]}\n' "$(cat secrets/s3_secret)"
}
make secret_key openssl rand -base64 48
make database_password openssl rand -hex 24
make s3_secret openssl rand -hex 24
make s3_identity.json s3_identity
make badge_keys openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048
touch secrets/email_url
chmod 444 secrets/email_url
