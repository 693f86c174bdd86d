namespace Halley.Sources.Generation;

/// <summary>The randomised price test: every quote's price is the tariff times its arm's factor, whatever the risk.</summary>
public static class PriceTest
{
    static readonly Shares shares = new(0.50, 0.15, 0.10, 0.15, 0.10);
    static readonly double[] probabilities = [0.50, 0.15, 0.10, 0.15, 0.10];
    static readonly double[] factors = [1.00, 0.95, 0.90, 1.05, 1.10];

    /// <summary>Price against the tariff of an arm, a code into <see cref="MotorLevels.PriceArm"/>.</summary>
    public static double Factor(int arm) => factors[arm];

    /// <summary>Probability with which an arm was drawn.</summary>
    public static double Probability(int arm) => probabilities[arm];

    internal static int Arm(double uniform) => shares.Pick(uniform);
}
