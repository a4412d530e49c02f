<?xml version="1.0" encoding="UTF-8"?>
<firmware-settings>
  <firmware-status>${base}/${firmwareFile}</firmware-status>
</firmware-settings>
