namespace Halley.Sources.Generation;

/// <summary>Levels of the generated portfolio's categories, in code order.</summary>
public static class MotorLevels
{
    public static LevelList Region { get; } =
        new(["Atlantic", "Capital", "Centre", "East", "Islands", "Lakes", "Mountains", "North", "South", "West"]);

    /// <summary>By density of the town: under 50, 150, 500, 1,500, 5,000 inhabitants/km², and above.</summary>
    public static LevelList Area { get; } = new(["A rural", "B village", "C town", "D suburb", "E city", "F metropolis"]);

    public static LevelList Brand { get; } =
        new(["Altair", "Aquila", "Corvus", "Draco", "Lyra", "Orion", "Pavo", "Perseus", "Rigel", "Sirius", "Vega"]);

    public static LevelList Fuel { get; } = new(["diesel", "electric", "hybrid", "petrol"]);

    public static LevelList Usage { get; } = new(["business", "commute", "delivery", "private"]);

    public static LevelList Parking { get; } = new(["driveway", "garage", "street"]);

    public static LevelList Cover { get; } = new(["comprehensive", "partial", "third_party"]);

    public static LevelList Channel { get; } = new(["agent", "broker", "comparison", "online", "phone"]);

    public static LevelList Payment { get; } = new(["annual", "monthly", "quarterly"]);

    public static LevelList ClaimType { get; } = new(["collision", "glass", "injury", "property", "theft", "weather"]);

    public static LevelList TimeOfDay { get; } = new(["afternoon", "evening", "morning", "night"]);

    public static LevelList Repair { get; } = new(["cash", "own_garage", "partner_garage"]);

    public static LevelList Weekday { get; } =
        new(["1 Monday", "2 Tuesday", "3 Wednesday", "4 Thursday", "5 Friday", "6 Saturday", "7 Sunday"]);

    /// <summary>Arms of the price test, by the price's change against the tariff in percent.</summary>
    public static LevelList PriceArm { get; } = new(["control", "minus_05", "minus_10", "plus_05", "plus_10"]);
}
