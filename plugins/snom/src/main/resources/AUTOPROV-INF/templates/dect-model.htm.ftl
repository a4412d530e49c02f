<?xml version="1.0" encoding="UTF-8"?>
<setting-files>
  <file url="${base}/${firmwareFile}"/>
  <file url="${base}/snom-general.xml"/>
  <file url="${base}/snom${device.model}.xml"/>
</setting-files>
