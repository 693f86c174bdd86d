namespace Halley.Data;

/// <summary>Roles guessed from the names that insurance files commonly use.</summary>
public static class RoleGuess
{
    static readonly string[] Exposures =
    [
        "exposure",
        "expo",
        "exposures",
        "exposureyears",
        "earnedexposure",
        "yearsatrisk",
        "policyyears",
        "vehicleyears",
        "caryears",
    ];

    static readonly string[] Targets =
    [
        "target",
        "claimnb",
        "nbclaim",
        "nbclaims",
        "nclaims",
        "numclaims",
        "claimcount",
        "claimscount",
        "claimnumber",
        "claimtotal",
        "claimamount",
        "claimcost",
        "claimocc",
        "incurred",
        "loss",
        "fraud",
        "fraudfound",
        "fraudfoundp",
        "isfraud",
        "lapse",
        "lapsed",
        "converted",
        "conversion",
        "accepted",
    ];

    static readonly string[] Ids =
    [
        "id",
        "idpol",
        "polid",
        "policyid",
        "policynumber",
        "policyno",
        "claimid",
        "idclaim",
        "customerid",
        "idclient",
        "clientid",
        "vehicleid",
        "idvehicle",
        "idpolicy",
        "quoteid",
        "rowid",
        "row",
    ];

    /// <summary>The role that the name suggests and the values allow; feature where it suggests none.</summary>
    public static Role Of(string name, FieldKind kind, double smallest, long missing)
    {
        var plain = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        if (kind == FieldKind.Number && missing == 0 && smallest >= 0 && Exposures.Contains(plain))
            return Role.Exposure;
        if (kind is FieldKind.Number or FieldKind.Boolean && Targets.Contains(plain))
            return Role.Target;
        if (kind is FieldKind.Number or FieldKind.Text or FieldKind.Category && Ids.Contains(plain))
            return Role.Id;
        if (kind == FieldKind.Number && smallest >= 0 && plain is "weight" or "caseweight" or "sampleweight")
            return Role.Weight;
        if (kind == FieldKind.Number && plain == "offset")
            return Role.Offset;
        return plain is "split" or "fold" or "partition" or "dataset" && kind is FieldKind.Category or FieldKind.Number
            ? Role.Split
            : Role.Feature;
    }
}
