namespace Halley.Sources.Generation;

/// <summary>Codes of <see cref="MotorLevels"/> that the truth names.</summary>
static class Codes
{
    public static class Fuel
    {
        public const int Diesel = 0;
        public const int Electric = 1;
        public const int Hybrid = 2;
        public const int Petrol = 3;
    }

    public static class Usage
    {
        public const int Business = 0;
        public const int Commute = 1;
        public const int Delivery = 2;
        public const int Private = 3;
    }

    public static class Parking
    {
        public const int Driveway = 0;
        public const int Garage = 1;
        public const int Street = 2;
    }

    public static class Cover
    {
        public const int Comprehensive = 0;
        public const int Partial = 1;
        public const int ThirdParty = 2;
    }

    public static class Channel
    {
        public const int Agent = 0;
        public const int Broker = 1;
        public const int Comparison = 2;
        public const int Online = 3;
        public const int Phone = 4;
    }

    public static class ClaimType
    {
        public const int Collision = 0;
        public const int Glass = 1;
        public const int Injury = 2;
        public const int Property = 3;
        public const int Theft = 4;
        public const int Weather = 5;
        public const int Count = 6;
    }

    public static class TimeOfDay
    {
        public const int Night = 3;
        public const int Count = 4;
    }

    public static class Repair
    {
        public const int Cash = 0;
        public const int OwnGarage = 1;
        public const int PartnerGarage = 2;
    }
}
