#!/bin/sh
# Disk image for macOS. After `python3 packaging/setup.py package` on a Mac (it makes dist/redub.app):
#   packaging/recipes/macos/dmg.sh
# With REDUB_IDENTITY="Developer ID Application: ..." the app is signed, and with REDUB_NOTARY=PROFILE (made by
# `xcrun notarytool store-credentials`) it is notarised; without them macOS asks the person to allow it once.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
checkout=$(cd "$here/../../.." && pwd)
app=${1:-$checkout/dist/redub.app}
target=${2:-$checkout/dist/Redub.dmg}

[ -d "$app/Contents" ] || { echo "There is no $app; python3 packaging/setup.py package makes it on a Mac." >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$app" "$work/Redub.app"
# Its document type and languages: PyInstaller writes the rest of Info.plist.
plist=$work/Redub.app/Contents/Info.plist
/usr/libexec/PlistBuddy -c "Merge $here/Info.additions.plist" "$plist"
codesign --force --deep --options runtime --entitlements "$here/entitlements.plist" \
  --sign "${REDUB_IDENTITY:--}" "$work/Redub.app"
ln -s /Applications "$work/Applications"
rm -f "$target"
hdiutil create -volname Redub -srcfolder "$work" -format UDZO -ov "$target"
if [ -n "${REDUB_NOTARY:-}" ]; then
  xcrun notarytool submit "$target" --keychain-profile "$REDUB_NOTARY" --wait
  xcrun stapler staple "$target"
fi
echo "$target"
