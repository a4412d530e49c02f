<?xml version="1.0" encoding="UTF-8"?>
<#-- The base adds the file name itself: <model>/<model>_v<version>_b<branch>.fwu. -->
<firmware-settings>
  <firmware perm="">${base}</firmware>
  <fp_fwu_sw_version>${software}</fp_fwu_sw_version>
  <fp_fwu_branch_version>${branch}</fp_fwu_branch_version>
<#list handsets as handset>
  <pp_fwu_sw_version type="${handset}">${software}</pp_fwu_sw_version>
  <pp_fwu_branch_version type="${handset}">${branch}</pp_fwu_branch_version>
</#list>
</firmware-settings>
