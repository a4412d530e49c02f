<?xml version="1.0" encoding="UTF-8"?>
<settings>
  <phone-settings>
    <firmware_status perm="R">${base}/${firmwareFile}</firmware_status>
  </phone-settings>
</settings>
