namespace Halley.Deploy;

/// <summary>What differs between staging and production: nothing but this.</summary>
public sealed record EnvironmentSettings
{
    /// <summary>For example staging; the name that releases are promoted to.</summary>
    public required string Name { get; init; }

    /// <summary>Twelve digits; each environment has its own.</summary>
    public required string Account { get; init; }

    /// <summary>For example eu-central-1.</summary>
    public required string Region { get; init; }

    /// <summary>Two zones of the region at least.</summary>
    public required IReadOnlyList<string> Zones { get; init; }

    /// <summary>ARN of the certificate of the load balancer's name, in the same account and region.</summary>
    public required string Certificate { get; init; }

    /// <summary>A key of <see cref="EnvironmentSize.ByName"/>. Default small.</summary>
    public string Size { get; init; } = "small";

    /// <summary>Tag of the images of server, collector and jobs that a first deployment starts.</summary>
    public required string Image { get; init; }

    /// <summary>Requests of one address within five minutes, above which the firewall refuses. Range 10 to 2,000,000,000. Default 3,000.</summary>
    public int RequestsPerAddress { get; init; } = 3_000;

    /// <summary>Requests a minute and server, above which servers are added. Range from 1. Default 30,000.</summary>
    public int RequestsPerServer { get; init; } = 30_000;

    /// <summary>Days that backups of the database are kept. Range 1 to 35. Default 35.</summary>
    public int BackupDays { get; init; } = 35;

    /// <summary>Days within which nobody can delete an artefact or a signed head of the log. Range from 1. Default 365.</summary>
    public int LockDays { get; init; } = 365;

    /// <summary>Address that alarms are mailed to; null for none.</summary>
    public string? AlarmMail { get; init; }

    internal EnvironmentSize Dimensions => EnvironmentSize.ByName[Size];

    /// <summary>Every problem, each a sentence.</summary>
    public IEnumerable<string> Problems()
    {
        if (Name.Length == 0 || Name.Any(letter => !char.IsAsciiLetterLower(letter) && letter != '-'))
            yield return $"the name '{Name}' is not made of small letters and hyphens.";
        if (Account.Length != 12 || !Account.All(char.IsAsciiDigit))
            yield return $"{Name}: the account '{Account}' is not of twelve digits.";
        if (Zones.Count < 2 || Zones.Any(zone => !zone.StartsWith(Region, StringComparison.Ordinal)))
            yield return $"{Name}: the zones '{string.Join(", ", Zones)}' are not two or more of {Region}; write for example {Region}a and {Region}b.";
        if (!Certificate.StartsWith($"arn:aws:acm:{Region}:{Account}:certificate/", StringComparison.Ordinal))
            yield return $"{Name}: the certificate '{Certificate}' is not one of this account and region; it begins with arn:aws:acm:{Region}:{Account}:certificate/.";
        if (!EnvironmentSize.ByName.ContainsKey(Size))
            yield return $"{Name}: there is no size '{Size}'. There are {string.Join(", ", EnvironmentSize.ByName.Keys)}.";
        if (RequestsPerAddress < 10)
            yield return $"{Name}: a limit of {RequestsPerAddress} requests an address is below 10, the least that the firewall takes.";
        if (RequestsPerServer < 1)
            yield return $"{Name}: {RequestsPerServer} requests a server are below 1.";
        if (BackupDays is < 1 or > 35)
            yield return $"{Name}: backups of {BackupDays} days are not possible; 1 to 35 are.";
        if (LockDays < 1)
            yield return $"{Name}: a lock of {LockDays} days is below 1.";
    }
}
