#!/bin/sh
# AppImage. After `python3 packaging/setup.py package`, with appimagetool (https://github.com/AppImage/appimagetool) on PATH:
#   packaging/recipes/linux/appimage.sh [FOLDER OF THE FROZEN PROGRAM] [TARGET]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
checkout=$(cd "$here/../../.." && pwd)
frozen=${1:-$checkout/dist/redub}
machine=$(uname -m)
target=${2:-$checkout/dist/Redub-$machine.AppImage}
id=org.redub.Redub

[ -x "$frozen/redub" ] || { echo "There is no program in $frozen; python3 packaging/setup.py package makes it." >&2; exit 1; }
command -v appimagetool >/dev/null || { echo "appimagetool is missing." >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
app=$work/Redub.AppDir
share=$app/usr/share
mkdir -p "$app/usr/lib" "$app/usr/bin" "$share/applications" "$share/metainfo" "$share/mime/packages" \
  "$share/icons/hicolor/scalable/apps"
cp -a "$frozen" "$app/usr/lib/redub"
ln -s ../lib/redub/redub "$app/usr/bin/redub"
cp "$here/$id.desktop" "$share/applications/$id.desktop"
cp "$here/$id.metainfo.xml" "$share/metainfo/$id.appdata.xml"
cp "$here/$id.mime.xml" "$share/mime/packages/$id.xml"
cp "$checkout/resources/app/redub.svg" "$share/icons/hicolor/scalable/apps/$id.svg"
# What appimagetool looks for at the top.
ln -s "usr/share/applications/$id.desktop" "$app/$id.desktop"
ln -s "usr/share/icons/hicolor/scalable/apps/$id.svg" "$app/$id.svg"
ln -s "$id.svg" "$app/.DirIcon"
ln -s usr/bin/redub "$app/AppRun"

ARCH=$machine appimagetool --no-appstream "$app" "$target"
echo "$target"
