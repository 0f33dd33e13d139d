#!/bin/bash
# The disk image for macOS, of the folder that `packaging/build.py OUT folder` makes on a Mac: an app
# with the file type `.brain`, signed and notarised where the variables name who signs. Untried.
#   packaging/macos/dmg.sh BUNDLE OUT.dmg
#   SIGN_AS      "Developer ID Application: NAME (TEAM)"; without it only this Mac starts the app
#   NOTARY       a profile of `xcrun notarytool store-credentials`; without it nothing is notarised
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
bundle="$1" image="$2"
version="$("$bundle/workbench" --version | awk '{ print $2 }')"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
app="$folder/Engram Workbench.app"
mkdir -p "$app/Contents/MacOS" "$app/Contents/Resources"
cp -R "$bundle/." "$app/Contents/MacOS/"
mv "$app/Contents/MacOS/LICENSES" "$app/Contents/Resources/"
sed "s/@VERSION@/$version/g" "$here/Info.plist" >"$app/Contents/Info.plist"

# From the inside out, as Apple asks: `--deep` would give the libraries the rights of the program.
sign=(codesign --force --timestamp --options runtime --sign "${SIGN_AS:--}")
[ -n "${SIGN_AS:-}" ] || sign=(codesign --force --sign -)
find "$app/Contents/MacOS/_internal" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 |
  xargs -0 -n 20 "${sign[@]}"
"${sign[@]}" --entitlements "$here/entitlements.plist" "$app"
codesign --verify --strict "$app"

"$app/Contents/MacOS/workbench" --smoke
ln -s /Applications "$folder/Applications"
hdiutil create -volname "Engram Workbench" -srcfolder "$folder" -format ULFO -ov "$image"
if [ -n "${NOTARY:-}" ]; then
  codesign --force --timestamp --sign "$SIGN_AS" "$image"
  xcrun notarytool submit "$image" --keychain-profile "$NOTARY" --wait
  xcrun stapler staple "$image"
fi
