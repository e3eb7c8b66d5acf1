"""own_data"""
