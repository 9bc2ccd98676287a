; Installer for Windows, by Inno Setup 6. After `py packaging\setup.py package` on Windows, in the folder of the checkout:
;   iscc /DVersion=0.1.0 packaging\recipes\windows\redub.iss
; It makes dist\Redub-VERSION-setup.exe, which installs for this person or, when asked, for everybody.
#ifndef Version
  #define Version "0.1.0"
#endif
#define Checkout "..\..\.."

[Setup]
AppId={{6E0B6C6F-3D0B-4B8E-9C4E-7D2B7B0A5D61}
AppName=Redub
AppVersion={#Version}
AppPublisher=The Redub developers
DefaultDirName={autopf}\Redub
DefaultGroupName=Redub
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
LicenseFile={#Checkout}\LICENSE
OutputDir={#Checkout}\dist
OutputBaseFilename=Redub-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
UninstallDisplayIcon={app}\redub.exe
CloseApplications=yes

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[Files]
Source: "{#Checkout}\dist\redub\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; Libraries of an older version must not be found beside those of the new one.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Redub"; Filename: "{app}\redub.exe"; AppUserModelID: "org.redub.Redub"
Name: "{autodesktop}\Redub"; Filename: "{app}\redub.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.redub"; ValueType: string; ValueData: "Redub.Shot"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Redub.Shot"; ValueType: string; ValueData: "Redub shot"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Redub.Shot\DefaultIcon"; ValueType: string; ValueData: "{app}\redub.exe,0"
Root: HKA; Subkey: "Software\Classes\Redub.Shot\shell\open\command"; ValueType: string; ValueData: """{app}\redub.exe"" ""%1"""

[Run]
Filename: "{app}\redub.exe"; Description: "{cm:LaunchProgram,Redub}"; Flags: nowait postinstall skipifsilent
